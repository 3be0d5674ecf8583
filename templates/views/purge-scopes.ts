/**
 * Which sets of params the declared effects of a contract can name, for each context: what its cache has to be
 * able to find entries by.
 *
 * A param whose value may be null is left out of the scope where it is, so such an effect can name smaller sets
 * as well. With more than a few of those, only the largest and the smallest are told: a purge by one between
 * reaches more than it has to.
 */
import type {
  Canonical,
  EffectParam,
  Field,
  Fn,
  Shape,
  Source,
  View,
} from "../../ir/model/canonical.js";
import { compareCodePoints } from "../../ir/source/code-points.js";

/** Sets by context, sorted, each sorted, without the empty one. */
export type PurgeScopes = ReadonlyMap<string, readonly (readonly string[])[]>;

const MOST_LOOSE = 3;

export function purgeScopes({ functions, views, types }: Canonical): PurgeScopes {
  const fieldsByType = new Map(types.map(({ name, fields }) => [name, fields]));
  const sets = new Map<string, Map<string, readonly string[]>>();
  for (const node of [...functions, ...views]) {
    for (const { context, params } of effectsOf(node)) {
      const known = sets.get(context) ?? new Map();
      sets.set(context, known);
      for (const set of namedSets(params, (source) => mayBeNull(source, node, fieldsByType))) {
        if (set.length > 0) known.set(JSON.stringify(set), set);
      }
    }
  }
  const inOrder = (known: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] =>
    [...known].sort(([a], [b]) => compareCodePoints(a, b)).map(([, set]) => set);
  return new Map(Array.from(sets, ([context, known]) => [context, inOrder(known)]));
}

type Effect = { readonly context: string; readonly params: readonly EffectParam[] };

/** `affects *` and `affects function` name no params. */
function effectsOf(node: Fn | View): readonly Effect[] {
  const affects = node.affects.filter((affect) => affect.kind === "context");
  return "merges" in node ? [...affects, ...node.merges] : affects;
}

function namedSets(
  params: readonly EffectParam[],
  mayBeAbsent: (source: Source) => boolean,
): readonly (readonly string[])[] {
  const firm = params.filter(({ source }) => !mayBeAbsent(source)).map(({ param }) => param);
  const loose = params.filter(({ source }) => mayBeAbsent(source)).map(({ param }) => param);
  const chosen =
    loose.length > MOST_LOOSE
      ? [[], loose]
      : loose.reduce<string[][]>(
          (some, param) => some.flatMap((set) => [set, [...set, param]]),
          [[]],
        );
  return chosen.map((set) => [...firm, ...set].sort(compareCodePoints));
}

/** What cannot be told counts as null: a set too many costs little, one too few a wide purge. */
function mayBeNull(
  { from, path }: Source,
  node: Fn | View,
  fieldsByType: ReadonlyMap<string, readonly Field[]>,
): boolean {
  let fields: readonly Field[] | undefined = node.input;
  if (from === "result") {
    const output: Shape | null = "output" in node ? node.output : null;
    if (path.length === 0) return output === null || isLoose(output);
    fields = output?.kind === "ref" ? fieldsByType.get(output.type) : undefined;
  }
  for (const step of path) {
    const field: Field | undefined = fields?.find(({ name }) => name === step);
    if (field === undefined || isLoose(field.shape)) return true;
    if (field.omittable && field.default === null) return true;
    fields = field.shape.kind === "ref" ? fieldsByType.get(field.shape.type) : undefined;
  }
  return false;
}

const isLoose = (shape: Shape): boolean =>
  shape.kind === "optional" ||
  shape.kind === "json" ||
  shape.kind === "error" ||
  (shape.kind === "union" && shape.members.some(isLoose));
