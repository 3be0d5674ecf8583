import { useRef } from "react";
import { useEffect, useState } from "./hooks.js";

/**
 * A signal that aborts when the component is unmounted, for `mutate(input, { signal })` or
 * `fetchUserContext(params, { signal })`. A call that was sent runs on at the server all the same, and what its answer
 * says of data is applied; only its promise rejects, with an `AbortError`.
 */
export const useUnmountSignal = (): AbortSignal => {
  const [controller, renew] = useState(() => new AbortController());
  const mountedRef = useRef(false);
  useEffect(() => {
    // It was hidden, which ends effects as well, and is shown again.
    if (controller.signal.aborted) renew(new AbortController());
    mountedRef.current = true;
    return () => {
      mountedRef.current = false;
      // StrictMode mounts it again in this tick.
      queueMicrotask(() => mountedRef.current || controller.abort());
    };
  }, [controller]);
  return controller.signal;
};
