/**
 * The edge manifest: what a cache in front of the server (a CDN, a reverse proxy) has to know of a contract, as
 * JSON. Its form is described in spec/edge-manifest.md and held to spec/edge-manifest.schema.json.
 *
 * Contexts with their endpoints and params say what may be kept and under which key; mutations say which of it
 * each answer makes stale. Private functions are left out: nobody in front of the server ever sees them called.
 *
 * The text is the same for the same contract, byte for byte: names are sorted by code point, effects stay as
 * written, and everything outside printable ASCII is escaped.
 */
import { assertNever } from "../assert-never.js";
import type {
  Affect,
  Auth,
  Canonical,
  Context,
  EffectParam,
  Fn,
  Merge,
  Source,
  View,
} from "../model/canonical.js";
import { parseRoute } from "../routes.js";
import { compareCodePoints, sortByText } from "../source/code-points.js";

export type ContractHashes = {
  /** SHA-256 of the full canonical form, in hex. */
  readonly contract: string;
  /** What client and server compare: 16 hex digits. */
  readonly wire: string;
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The number of the form; it grows when a reader of an older form would misunderstand. */
const version = 1;

export function printEdgeManifest(canonical: Canonical, hashes: ContractHashes): string {
  const manifest: Json = {
    version,
    contract: hashes.contract,
    wire: hashes.wire,
    contexts: canonical.contexts.map((context) => contextEntry(context, canonical)),
    views: canonical.views.map((view) => viewEntry(view)),
    mutations: mutations(canonical),
  };
  return `${toAscii(JSON.stringify(manifest, null, 2))}\n`;
}

// ---- reads

function contextEntry(context: Context, { functions, views }: Canonical): Json {
  const members = functions.filter((fn) => !fn.private && fn.context === context.name);
  const guards = guardNames(members);
  const { cache } = context;
  const isPublic = cache !== null && !cache.off && cache.public;
  return {
    name: context.name,
    endpoint: `ctx/${percentEncoded(context.name)}/`,
    params: context.params.map(({ name, type, required }) => ({ name, type, required })),
    functions: members.map(({ name }) => name),
    views: views
      .filter((view) => view.context === context.name)
      .map(({ name, route, methods }) => ({ name, route, methods })),
    access: isPublic ? "public" : guards.length > 0 ? "guarded" : "open",
    guards,
    dependsOnUser: !isPublic,
    cache: cache === null || cache.off ? null : { seconds: cache.ttl, public: cache.public },
  };
}

function viewEntry(view: View): Json {
  const route = parseRoute(view.route);
  const inPath = "fault" in route ? [] : route.params.map(({ name }) => name);
  const guards = guardNames([view]);
  return {
    name: view.name,
    route: view.route,
    methods: view.methods,
    params: sortByText(view.input, ({ name }) => name).map(({ name, omittable }) => ({
      name,
      inPath: inPath.includes(name),
      required: !omittable,
    })),
    context: view.context,
    access: guards.length > 0 ? "guarded" : "open",
    guards,
    dependsOnUser: true,
  };
}

/** The guards in force, each once; `auth none` is none. */
function guardNames(nodes: readonly { readonly auth: Auth | null }[]): readonly string[] {
  const names = nodes.flatMap(({ auth }) => {
    if (auth === null || auth.kind === "none") return [];
    return [auth.kind === "predicate" ? auth.name : auth.kind];
  });
  return [...new Set(names)].sort(compareCodePoints);
}

// ---- mutations

/** What effects are looked up in. */
type Around = {
  readonly contexts: readonly Context[];
  /** The context of each function, if it is in one. */
  readonly holders: ReadonlyMap<string, string | null>;
};

function mutations(canonical: Canonical): Json {
  const around: Around = {
    contexts: canonical.contexts,
    holders: new Map(canonical.functions.map(({ name, context }) => [name, context])),
  };
  const functions = canonical.functions
    .filter((fn) => !fn.private && (fn.affects.length > 0 || fn.merges.length > 0))
    .map((fn) => ({ name: fn.name, entry: functionEntry(fn, around) }));
  const views = canonical.views
    .filter((view) => view.affects.length > 0)
    .map((view) => ({ name: view.name, entry: mutatingView(view, around) }));
  return sortByText([...functions, ...views], ({ name }) => name).map(({ entry }) => entry);
}

function functionEntry(fn: Fn, around: Around): Json {
  // A merge whose slot cannot be told is sent as an invalidation.
  const unclear = fn.merges.filter(({ slot }) => slot === null);
  return {
    name: fn.name,
    kind: "function",
    endpoint: "call/",
    affects: [
      ...fn.affects.flatMap((affect) => affected(affect, around)),
      ...unclear.map(({ context, params }) => contextAffected(context, params)),
    ],
    merges: fn.merges.filter(({ slot }) => slot !== null).map(mergeEntry),
  };
}

function mutatingView(view: View, around: Around): Json {
  return {
    name: view.name,
    kind: "view",
    route: view.route,
    methods: mutatingMethods(view),
    affects: view.affects.flatMap((affect) => affected(affect, around)),
    merges: [],
  };
}

/** Of a view for links and forms alike, only what a form sends changes anything. */
function mutatingMethods({ methods }: View): readonly string[] {
  const unsafe = methods.filter((method) => method !== "GET" && method !== "HEAD");
  return unsafe.length > 0 ? unsafe : methods;
}

function affected(affect: Affect, { contexts, holders }: Around): readonly Json[] {
  switch (affect.kind) {
    case "context":
      return [contextAffected(affect.context, affect.params)];
    case "everything":
      return contexts.map(({ name }) => contextAffected(name, []));
    case "function": {
      const holder = holders.get(affect.function) ?? null;
      return holder === null ? [] : [{ context: holder, function: affect.function, params: [] }];
    }
    default:
      return assertNever(affect);
  }
}

function contextAffected(context: string, params: readonly EffectParam[]): Json {
  return { context, function: null, params: paramEntries(params) };
}

function mergeEntry({ context, slot, op, by, value, params }: Merge): Json {
  return {
    context,
    slot,
    op,
    key: by,
    value: value === null ? null : sourceEntry(value),
    params: paramEntries(params),
  };
}

function paramEntries(params: readonly EffectParam[]): Json {
  return sortByText(params, ({ param }) => param).map(({ param, source }) => ({
    name: param,
    ...sourceEntry(source),
  }));
}

const sourceEntry = ({ from, path }: Source) => ({ from, path });

// ---- text

/** As the server writes names into its header, and clients into paths. */
function percentEncoded(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, "\ufffd")).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function toAscii(json: string): string {
  return json.replace(
    /[^\n -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
