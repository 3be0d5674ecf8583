/** What the reports have in common: Markdown tables, rounding, and where and with what they were made. */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

export function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

export const whole = (value) => Math.round(value).toLocaleString("en");
export const one = (value) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
export const kib = (bytes) => (bytes / 1024).toFixed(1);
export const ratio = (value) => value.toFixed(2);
export const bold = (isOurs, cells) => (isOurs ? cells.map((cell) => `**${cell}**`) : cells);

const { dependencies } = JSON.parse(
  readFileSync(new URL("../peers/package.json", import.meta.url), "utf8"),
);

/** `names`: of packages. */
export const versions = (names) => names.map((name) => `${name} ${dependencies[name]}`).join(", ");

export const machine = () =>
  `Node ${process.version}, ${cpus().length} cores that others use as well: compare figures of one table with each other, and nothing with another machine's.`;
