import { MediaQuery } from 'svelte/reactivity';
import { NARROW } from '../map/room';
import type { SheetHeight } from '../state/url';
import { view } from '../state/view.svelte';

export type Tab = 'explore' | 'profile' | 'table';

/** The sheet of a narrow screen: the rail, the profile or the table over the lower part of the map. */
export class BottomSheet {
    readonly #narrow = new MediaQuery(NARROW);
    #tab = $state<Tab>('explore');
    #height = $state<SheetHeight>('bar');
    /** Its height in pixels while it is being dragged. */
    draggedPx = $state<number | null>(null);

    /** An address opens what it names: a profile over half the map, or the table as high as it says. */
    constructor() {
        const { open, place, sheet } = view.state;
        if (open || place) [this.#tab, this.#height] = ['profile', 'half'];
        else if (sheet !== 'bar') this.#tab = 'table';
    }

    get isNarrow(): boolean {
        return this.#narrow.current;
    }

    get tab(): Tab {
        return this.#tab;
    }

    /** The table's height is part of the address, as on a wide screen; the others' are this visit's own. */
    get height(): SheetHeight {
        return this.#tab === 'table' ? view.state.sheet : this.#height;
    }

    /** Whether something is to be seen in it. */
    get isOpen(): boolean {
        return this.height !== 'bar' || this.draggedPx !== null;
    }

    set(height: SheetHeight): void {
        this.draggedPx = null;
        if (this.#tab !== 'table') this.#height = height;
        else if (view.state.sheet !== height) view.go({ sheet: height }, 'replace');
    }

    /** Turns to a part; a sheet that is down comes up, one that is up stays as it is. */
    turnTo(tab: Tab): void {
        const height = this.height === 'bar' ? 'half' : this.height;
        const wasTable = this.#tab === 'table';
        this.#tab = tab;
        this.set(height);
        if (wasTable && tab !== 'table' && this.isNarrow && view.state.sheet !== 'bar') view.go({ sheet: 'bar' }, 'replace');
    }

    /** Something is opened: its profile comes over half the map, unless it is read at full height already. The address is the caller's. */
    openProfile(): void {
        const isReading = this.#tab === 'profile' && this.#height === 'full';
        this.#tab = 'profile';
        this.#height = isReading ? 'full' : 'half';
    }

    /** There is no profile any more: back to what lay below it. */
    leaveProfile(): void {
        if (this.#tab !== 'profile') return;
        this.#tab = view.state.sheet === 'bar' ? 'explore' : 'table';
        this.#height = 'bar';
    }

    /** Gives the map free. */
    lower(): void {
        if (this.#tab !== 'table') this.#height = 'bar';
        else if (this.isNarrow) this.set('bar');
    }
}
