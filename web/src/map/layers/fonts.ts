// MapLibre reads a label's weight from the name of its font; both names stand for the page's own files (styles/fonts.css).
export const TEXT = ['Inter Map'];
export const TEXT_STRONG = ['Inter Map Semibold'];
