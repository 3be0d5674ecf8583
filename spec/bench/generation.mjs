/** `mizan gen` as a whole process: cold, and with nothing to do. */
import { join } from "node:path";
import { writeProject } from "./contract.mjs";
import { mb, medianOf, ms, runNode, table, times, withFolder } from "./measure.mjs";

const runs = 5;

export async function benchGeneration(mizan) {
  const rows = [];
  for (const [functions, files] of [
    [10, 1],
    [100, 4],
    [1000, 20],
  ]) {
    await withFolder((folder) => {
      // A project of its own for each run: where many files have just been deleted, some file systems take
      // a millisecond to create one.
      const projects = Array.from({ length: runs }, (_, index) => join(folder, `run-${index}`));
      for (const project of projects) writeProject(project, functions, files);
      const [cwd] = projects;
      const bare = medianOf(runs, () => runNode(["-e", "0"], { cwd }));
      const cold = medianOf(runs, (index) =>
        runNode([mizan, "gen", "--stats"], { cwd: projects[index] }),
      );
      const share = /prettier\D*([\d.]+) ?ms/i.exec(cold.last.stdout + cold.last.stderr)?.[1];
      // Paired with an empty Node, run by run, since the machine's speed drifts.
      const ratios = [];
      let noop;
      for (let index = 0; index < runs; index += 1) {
        const empty = runNode(["-e", "0"], { cwd });
        noop = runNode([mizan, "gen"], { cwd });
        ratios.push(noop.wallMs / empty.wallMs);
      }
      ratios.sort((a, b) => a - b);
      rows.push([
        functions,
        ms(cold.wallMs),
        ms(cold.cpuMs),
        mb(cold.peakMb),
        share === undefined ? "?" : `${Math.round((Number(share) / cold.wallMs) * 100)} %`,
        ms(bare.wallMs),
        times(ratios[runs >> 1]),
      ]);
    });
  }
  table(
    `mizan gen, all targets (medians of ${runs})`,
    ["functions", "cold wall", "cold CPU", "peak", "prettier", "node -e 0", "no-op / node -e 0"],
    rows,
  );
}
