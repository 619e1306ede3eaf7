/** The lowered preload with Electron 9's missing ports in front. */
export declare function preloadText(product: string): string;
