import type { Browser } from "playwright-core";

export declare function findChromium(): string | null;
export declare function launchChromium(args?: readonly string[]): Promise<Browser>;
/** What to say where there is none. */
export declare const missing: string;
