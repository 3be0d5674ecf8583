/**
 * Finds the view that a request is for.
 *
 * A segment that is written out goes before a `slug`, that before any segment, and that before a `path`; where
 * the better way leads nowhere the next is tried. A path that a handler could take for another than it is (not
 * UTF-8, an empty segment, a NUL, `.` or `..` by whatever spelling) is no view's.
 */
import type { CompiledView } from "../compiled.js";
import { decodePercent } from "../request/query.js";

export type Found = {
  readonly view: CompiledView;
  /** The texts of the route's params, by name. */
  readonly params: ReadonlyMap<string, readonly string[]>;
};

export interface RouteTable {
  /** `path` as it was sent, without the query. HEAD finds what GET would, unless a view has HEAD itself. */
  find(method: string, path: string): Found | null;
  /** The methods that views have at this path, for `Allow`; empty where no view is. */
  methodsAt(path: string): readonly string[];
}

/** What may follow a beginning of a path, for one method. */
type Branch = {
  readonly texts: Map<string, Branch>;
  slug: Branch | null;
  any: Branch | null;
  /** The view whose route ends here. */
  view: CompiledView | null;
  /** The view that takes whatever follows. */
  rest: CompiledView | null;
};

export function createRouteTable(views: readonly CompiledView[]): RouteTable {
  const roots = new Map<string, Branch>();
  for (const view of views) {
    for (const method of view.definition.methods) {
      const root = roots.get(method) ?? newBranch();
      roots.set(method, root);
      addView(root, view);
    }
  }

  const findAt = (method: string, segments: readonly string[]): Found | null => {
    const root = roots.get(method);
    const values: string[] = [];
    const view = root === undefined ? null : walk(root, segments, 0, values);
    return view === null ? null : { view, params: toParams(view, values) };
  };
  return {
    find(method, path) {
      if (roots.size === 0) return null;
      const segments = toSegments(path);
      if (segments === null) return null;
      const found = findAt(method, segments);
      return found === null && method === "HEAD" ? findAt("GET", segments) : found;
    },
    methodsAt(path) {
      const segments = toSegments(path);
      if (segments === null) return [];
      const methods = [...roots.keys()].filter((method) => findAt(method, segments) !== null);
      const withHead = methods.includes("GET") ? [...methods, "HEAD"] : methods;
      return [...new Set(withHead)].sort();
    },
  };
}

const newBranch = (): Branch => ({
  texts: new Map(),
  slug: null,
  any: null,
  view: null,
  rest: null,
});

function addView(root: Branch, view: CompiledView): void {
  let branch = root;
  for (const segment of view.definition.route) {
    if (typeof segment === "string") {
      const next = branch.texts.get(segment) ?? newBranch();
      branch.texts.set(segment, next);
      branch = next;
    } else if (segment.takes === "path") {
      branch.rest ??= view;
      return;
    } else if (segment.takes === "slug") {
      branch = branch.slug ??= newBranch();
    } else {
      branch = branch.any ??= newBranch();
    }
  }
  branch.view ??= view;
}

const SLUG = /^[\w-]+$/;

/** Puts what the params take into `values` as it goes, and takes it out again where a way leads nowhere. */
function walk(
  branch: Branch,
  segments: readonly string[],
  at: number,
  values: string[],
): CompiledView | null {
  const segment = segments[at];
  if (segment === undefined) return branch.view;
  const written = branch.texts.get(segment);
  const found = written === undefined ? null : walk(written, segments, at + 1, values);
  if (found !== null) return found;
  for (const next of [SLUG.test(segment) ? branch.slug : null, branch.any]) {
    if (next === null) continue;
    values.push(segment);
    const through = walk(next, segments, at + 1, values);
    if (through !== null) return through;
    values.pop();
  }
  if (branch.rest !== null) values.push(segments.slice(at).join("/"));
  return branch.rest;
}

function toParams({ definition }: CompiledView, values: readonly string[]): Found["params"] {
  const params = definition.route.filter((segment) => typeof segment !== "string");
  return new Map(params.map(({ param }, index) => [param, [values[index] ?? ""]]));
}

/** The decoded segments; null for a path that is no view's. */
function toSegments(path: string): readonly string[] | null {
  if (!path.startsWith("/")) return null;
  const bare = path.slice(1, path.endsWith("/") ? -1 : undefined);
  if (bare === "") return path === "/" ? [] : null;
  const segments: string[] = [];
  for (const raw of bare.split("/")) {
    const text = decodePercent(raw);
    if (text === null || text.includes("\0") || misleads(text)) return null;
    segments.push(text);
  }
  return segments;
}

/** An escaped slash becomes one again in a handler that makes a file's path of the text. */
const misleads = (text: string): boolean =>
  text.split(/[/\\]/).some((part) => part === "" || part === "." || part === "..");
