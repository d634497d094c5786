const LETTERS = 11;

/** A name in at most two lines of a dozen letters, for a drawing that has the whole name in its title. */
export function linesOf(label: string): string[] {
    const words = label.replace(/^the /i, '').replace(/ (limited|ltd|plc|llp)\.?$/i, '').replace(/\bUniversity\b/i, 'Univ.').split(' ');
    const lines = [''];
    for (const word of words) {
        const last = lines.length - 1;
        const joined = lines[last] ? `${lines[last]} ${word}` : word;
        if (joined.length <= LETTERS || !lines[last]) lines[last] = joined;
        else lines.push(word);
    }
    const cut = (line: string): string => (line.length > LETTERS ? `${line.slice(0, LETTERS - 1)}…` : line);
    return lines.length <= 2 ? lines.map(cut) : [cut(lines[0] ?? ''), `${cut(lines[1] ?? '').replace(/…$/, '').slice(0, LETTERS - 2)}…`];
}
