import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { mapCode } from './map/code';
import { view } from './state/view.svelte';

view.start();
const target = document.getElementById('app');
if (!target) throw new Error('The page has no #app element.');
mount(App, { target });
// The map's code is read while the page waits for its data, once the questions are out.
if (view.state.page === 'map') setTimeout(() => void mapCode().catch(() => undefined));
