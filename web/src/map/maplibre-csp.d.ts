declare module 'maplibre-gl/csp' {
    import maplibregl from 'maplibre-gl';
    export default maplibregl;
}
