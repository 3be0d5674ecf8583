import { useEffect, useRef } from "react";

/** No timer of a browser takes more. */
const LONGEST_MS = 2 ** 31;

/** What `useUserContext()`, `useSuspenseUserContext()` and `useInfinitePosts()` answer. */
interface Polled {
  readonly refetch: () => void;
  readonly isFetching: boolean;
}

/**
 * Reads again every so many milliseconds, for what changes without this page hearing of it; null pauses it, as do 0
 * and infinity. Not while a read is under way, and not while nobody looks: what is due by then is read when the page is
 * shown again.
 *
 * ```tsx
 * const user = useUserContext();
 * usePolling(user, 5000);
 * ```
 */
export const usePolling = (polled: Polled, everyMs: number | null): void => {
  const latest = useRef(polled);
  useEffect(() => {
    latest.current = polled;
  });
  useEffect(() => {
    if (!everyMs || !(everyMs < LONGEST_MS)) return;
    let isDue = false;
    const look = (): void => {
      if (!isDue || document.hidden) return;
      isDue = false;
      if (!latest.current.isFetching) latest.current.refetch();
    };
    const timer = setInterval(() => {
      isDue = true;
      look();
    }, everyMs);
    const shown = new AbortController();
    document.addEventListener("visibilitychange", look, shown);
    return () => {
      clearInterval(timer);
      shown.abort();
    };
  }, [everyMs]);
};
