/** Times as people read them. All are milliseconds as `performance.now()` gives them, but where it says otherwise. */

/** `0.4 ms`, `48 ms`, `1.25 s`. */
export const duration = (ms: number): string => {
  if (ms < 1) return `${Math.max(0, ms).toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
};

/** `just now`, `12 s ago`, `3 min ago`, `2 h ago`. */
export const ago = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3600)} h ago`;
};

/** How long ago something was of which the time since the epoch is known. */
export const sinceEpoch = (now: number, epochMs: number): number =>
  performance.timeOrigin + now - epochMs;

/** `14:03:22.481`, of the wall. */
export const clock = (at: number): string => {
  const date = new Date(performance.timeOrigin + at);
  const two = (number: number): string => String(number).padStart(2, "0");
  const words = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${words}.${String(date.getMilliseconds()).padStart(3, "0")}`;
};
