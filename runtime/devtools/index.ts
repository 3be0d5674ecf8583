/**
 * `@mizan/runtime/devtools`: a panel that shows what a client keeps, what it does, and why. For development only.
 *
 * It listens to a client from outside (`client/listen.ts`) and changes nothing of what that does, but where somebody
 * presses a button: _Refetch_ is the instance's own, _Mark stale_ is `receive`, as if another client had called.
 *
 * What holds
 * - a page that does not import this carries none of it, and before it is mounted nothing is recorded;
 * - what it keeps is bounded, and holds no data of the application (`timeline.ts`);
 * - whatever servers and applications say is text here, never HTML, and may be as odd as it likes (`values.ts`);
 * - its styles, keys and errors stay inside (`mount.ts`).
 *
 * From events to the screen: `recorder.ts` listens, `reduce.ts` finds the reasons, `reason.ts` has the sentences,
 * `panel/` shows them, `mount.ts` puts it on the page.
 */
export { MizanDevtools, type MizanDevtoolsProps } from "./devtools.js";
export { mountDevtools, type DevtoolsOptions } from "./mount.js";
export { createRecorder, record, type Recorder, type RecorderOptions } from "./recorder.js";
export { dropPieces, effectPieces, plain, reasonPieces, type Piece } from "./reason.js";
export type * from "./timeline.js";
