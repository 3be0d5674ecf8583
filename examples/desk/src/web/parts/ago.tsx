const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const full = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** A moment in the past, as text that a person reads at a glance. */
export function Ago({ at }: { readonly at: string }) {
  const moment = new Date(at);
  const seconds = (moment.getTime() - Date.now()) / 1000;
  const [unit, length] = steps.find(([, step]) => -seconds >= step) ?? ["minute", Infinity];
  const text = length === Infinity ? "just now" : words.format(Math.round(seconds / length), unit);
  return (
    <time dateTime={at} title={full.format(moment)}>
      {text}
    </time>
  );
}
