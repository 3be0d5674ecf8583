import { useSyncExternalStore } from "react";

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const full = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const date = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

/** A moment in the past, as text that a person reads at a glance. */
export function Ago({ at }: { readonly at: string }) {
  const now = useNow();
  const moment = new Date(at);
  if (now === null) return <time dateTime={at}>{date.format(moment)}</time>;
  const seconds = (now - moment.getTime()) / 1000;
  const step = steps.find(([, length]) => seconds >= length);
  const text =
    step === undefined ? "just now" : words.format(-Math.round(seconds / step[1]), step[0]);
  return (
    <time dateTime={at} title={full.format(moment)}>
      {text}
    </time>
  );
}

// One clock for all of them, in whole half minutes, so that it changes nothing in between.
const tick = 30_000;

/** Milliseconds since the epoch; null in the words of a server, which knows neither the visitor's clock nor their zone. */
function useNow(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => Math.ceil(Date.now() / tick) * tick,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, tick);
  return () => clearInterval(timer);
}
