/** `--stats`: where the time went. */
import type { Generated } from "../generate.js";

export function toStats({ timings, layout, planned }: Generated, total: number): string {
  const bytes = planned.reduce((sum, { text }) => sum + text.length, 0);
  const listed = [...timings, { stage: "total, with start", milliseconds: total }];
  const width = Math.max(...listed.map(({ stage }) => stage.length));
  const rows = listed.map(
    ({ stage, milliseconds }) =>
      `${stage.padEnd(width)}  ${milliseconds.toFixed(1).padStart(8)} ms\n`,
  );
  const output = `output: ${planned.length} files, ${Math.round(bytes / 1024)} KB\n`;
  return [...rows, output, ...(layout === null ? [] : [`layout: ${layout}\n`])].join("");
}
