/**
 * From views to text: one function for each kind of file, each with the two marks of a generated file and the
 * imports it needs. Templates put the pieces in order; what the pieces say is the views' business.
 */
import { assertNever } from "../ir/assert-never.js";
import { createEngine, type TemplateName, type View } from "./engine.js";
import { emptyExportLine } from "./layout/declarations.js";
import type { Layout } from "./layout/layout.js";
import { documented, toCommentText } from "./text.js";
import type { ContractView, FunctionsView, IndexView } from "./views/client.js";
import type { ContextView } from "./views/contexts.js";
import type { DeclarationsView } from "./views/declaration.js";
import type { MizanView } from "./views/mizan.js";
import type { ReactView } from "./views/react.js";
import type { Scope } from "./views/scope.js";
import type { StubView } from "./views/stub.js";
import type { TestingView } from "./views/testing.js";

export type Printer = ReturnType<typeof createPrinter>;

/** `contractPath`: as the first line of each file shows it. */
export type Printing = { readonly contractPath: string; readonly layout: Layout };

export function createPrinter({ contractPath, layout }: Printing) {
  const render = createEngine();
  const file = (template: TemplateName, scope: Scope | null, view: View): string => {
    const imports = scope?.importLines() ?? [];
    return toLineEnds(
      render(template, {
        contractPath: toCommentText(contractPath),
        hasImports: imports.length > 0,
        imports,
        ...view,
      }),
      layout,
    );
  };
  const emptyExport = emptyExportLine(layout);
  return {
    module: (template: TemplateName, { scope, declarations }: DeclarationsView) =>
      file(template, scope, {
        declarations,
        isEmpty: declarations.length === 0,
        emptyExport,
      }),
    functions: ({ scope, makers, functions }: FunctionsView) =>
      file("client/functions.ts", scope, {
        hasMakers: makers.length > 0,
        makers,
        declarations: functions,
        isEmpty: functions.length === 0,
        emptyExport,
      }),
    context: ({ scope, types, maker, constants }: ContextView) =>
      file("client/context.ts", scope, {
        types,
        maker,
        constants,
      }),
    react: ({ scope, directive, makers, declarations, handedThrough }: ReactView) =>
      file("client/react.tsx", scope, {
        directive,
        hasMakers: makers.length > 0,
        makers,
        declarations,
        handedThrough,
      }),
    contract: ({ scope, contract }: ContractView) =>
      file("client/contract.ts", scope, { contract }),
    index: ({ exports }: IndexView) => file("client/index.ts", null, { exports }),
    testing: ({ scope, contract, createTestMizan, makers, examples }: TestingView) =>
      file("client/testing.ts", scope, {
        contract,
        createTestMizan,
        hasMakers: makers.length > 0,
        makers,
        declarations: examples,
      }),
    mizan: ({ scope, contract, handlers, createMizan }: MizanView) =>
      file("server/mizan.ts", scope, { contract, handlers, createMizan }),
    stub: ({ imports, doc, handler }: StubView) =>
      toLineEnds(
        render("handlers/stub.ts", { imports, handler: documented(doc, handler) }),
        layout,
      ),
  };
}

function toLineEnds(text: string, { endOfLine }: Layout): string {
  switch (endOfLine) {
    case "lf":
      return text;
    case "crlf":
      return text.replaceAll("\n", "\r\n");
    case "cr":
      return text.replaceAll("\n", "\r");
    default:
      return assertNever(endOfLine);
  }
}
