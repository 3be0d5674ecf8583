/** Pages are read as instances of a context, one for each value of the cursor. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Context, Fn } from "../model/canonical.js";
import { compareSpans, type Surroundings } from "./facts.js";

export function pagesAreRead(fn: Fn, { isFaulty }: Surroundings): readonly Diagnostic[] {
  const { paginate } = fn;
  if (paginate === null || (fn.context !== null && !fn.private)) return [];
  // What put it into a context may have been lost.
  if (isFaulty(fn.place.node)) return [];
  const facts = fn.private
    ? { function: fn.name, reason: "it is private" }
    : { function: fn.name, reason: "it is in no context" };
  const help = fn.private
    ? "leave `paginate` or `private` out"
    : `put it into one: \`context posts { function ${fn.name} … }\``;
  return [report("MZ4046", { span: paginate.span, text: "for nobody" }, facts, { help })];
}

/** A warning: what changes a list moves what stands on its pages, so an effect is on all of it. */
export function effectsAreOnWholeLists(fn: Fn, around: Surroundings): readonly Diagnostic[] {
  const effects = [...fn.affects.filter((affect) => affect.kind === "context"), ...fn.merges];
  return effects.flatMap(({ context: name, scope, params }) => {
    const context = around.contexts.get(name);
    if (scope !== "explicit" || context === undefined) return [];
    return around.reads(context).flatMap(({ name: slot, paginate }) => {
      const named = params.find(
        ({ param }) => param === paginate?.cursor || param === paginate?.limit,
      );
      if (paginate === null || named === undefined) return [];
      return [
        report(
          "MZ5035",
          { span: named.span, text: "tells pages apart" },
          { function: fn.name, slot, param: named.param },
          {
            related: [{ span: paginate.span, text: "said here" }],
            help: "leave it out: the effect is then on the whole list",
          },
        ),
      ];
    });
  });
}

/** Two lists are not at the same place: turning the page of one would turn that of the other. */
export function cursorsAreNotShared(
  context: Context,
  { reads }: Surroundings,
): readonly Diagnostic[] {
  const paginated = reads(context)
    .flatMap((fn) => (fn.paginate === null ? [] : [{ fn, paginate: fn.paginate }]))
    .sort((a, b) => compareSpans(a.paginate.span, b.paginate.span));
  const first = new Map<string, (typeof paginated)[number]>();
  return paginated.flatMap((one) => {
    const { fn, paginate } = one;
    const earlier = first.get(paginate.cursor);
    if (earlier === undefined) {
      first.set(paginate.cursor, one);
      return [];
    }
    return [
      report(
        "MZ4052",
        { span: paginate.span, text: "the same cursor" },
        { other: earlier.fn.name, function: fn.name, param: paginate.cursor },
        {
          related: [{ span: earlier.paginate.span, text: "taken here" }],
          help: "give each a cursor of its own, or a context of its own",
        },
      ),
    ];
  });
}

/** A warning: what does not take the cursor answers the same for every page. */
export function pagesAreReadAlone(
  context: Context,
  { reads }: Surroundings,
): readonly Diagnostic[] {
  const functions = reads(context);
  return functions.flatMap((fn) => {
    const { paginate } = fn;
    const other = functions.find(
      ({ input }) => !input.some(({ name }) => name === paginate?.cursor),
    );
    if (paginate === null || other === undefined) return [];
    return [
      report(
        "MZ4053",
        { span: paginate.span, text: "all of the context is read for each page" },
        { function: fn.name, other: other.name },
        {
          related: [{ span: other.place.name, text: "answers anew for each page" }],
          help: `put \`${fn.name}\` into a context of its own`,
        },
      ),
    ];
  });
}
