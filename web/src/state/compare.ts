// What is compared: clusters by their slug, areas by "area:CODE" (a slug holds no colon).

const AREA = 'area:';
export const areaKey = (code: string): string => AREA + code;
export const areaCode = (key: string): string | null => (key.startsWith(AREA) ? key.slice(AREA.length) : null);
