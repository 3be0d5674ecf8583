/** `mizan explain`: the page of a diagnostic, found by its code or its name. */
import { join } from "node:path";
import { catalogue, report, type CatalogueEntry } from "../../ir/diagnostics/catalogue.js";
import { didYouMean } from "../../ir/diagnostics/did-you-mean.js";
import type { Host } from "../host.js";
import type { ExitCode, Installation } from "../installation.js";
import { showDiagnostics } from "../show.js";

export function explain(host: Host, { pages }: Installation, asked: string): ExitCode {
  const entries: readonly (readonly [string, CatalogueEntry])[] = Object.entries(catalogue);
  const wanted = asked.toLowerCase();
  const found = entries.find(
    ([code, { name }]) => code.toLowerCase() === wanted || name === wanted,
  );
  if (found === undefined) {
    const names = entries.flatMap(([code, { name }]) => [code, name]);
    const help =
      didYouMean(asked, names) ?? "codes look like MZ2001; each diagnostic shows its own";
    showDiagnostics(host, [report("MZ7015", null, { code: asked }, { help })], []);
    return 2;
  }
  host.terminal.out(Buffer.from(host.files.read(join(pages, `${found[0]}.md`))).toString());
  return 0;
}
