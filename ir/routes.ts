/**
 * Routes of views: `/profile/:user_id/`, or as Django writes them, `/profile/<int:user_id>/`.
 *
 * Does: read a route's text and say what is wrong with it, and give it one spelling. Does not: know inputs;
 * whether params fit those is a rule of `validate`.
 *
 * Words: a *converter* says what a param looks like. `int`, `str` and `uuid` say what the type of the input
 * says anyway, so they are left out of the one spelling. `slug` and `path` decide which requests match, so
 * they stay.
 */
import { assertNever } from "./assert-never.js";

export type Converter = "int" | "str" | "slug" | "uuid" | "path";

/** All converters, in the order in which messages name them. */
export const converters: readonly Converter[] = ["int", "str", "slug", "uuid", "path"];

export type RouteParam = {
  readonly kind: "param";
  readonly name: string;
  /** As written; null where none is. It may be none that exists. */
  readonly converter: string | null;
  /** The whole segment: offsets into the route, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
};

export type RouteSegment = { readonly kind: "static"; readonly text: string } | RouteParam;

export type Route = {
  readonly segments: readonly RouteSegment[];
  readonly params: readonly RouteParam[];
  /** Whether the text ends in a slash, which changes nothing but how it is shown. */
  readonly slashed: boolean;
};

export type RouteFault = { readonly fault: string };

const NAME = String.raw`[\p{ID_Start}_][\p{ID_Continue}]*`;
const COLON = new RegExp(`^:(${NAME})$`, "u");
const ANGLED = new RegExp(`^<(?:([^<>:]+):)?(${NAME})>$`, "u");

/** Reads a route, or says in a few words why it is none. */
export function parseRoute(text: string): Route | RouteFault {
  const fault = faultOfText(text);
  if (fault !== null) return { fault };
  const slashed = text.endsWith("/");
  const segments: RouteSegment[] = [];
  let start = 1;
  for (const written of text.slice(1, slashed ? -1 : undefined).split("/")) {
    if (written === "" && text !== "/") return { fault: "has an empty segment" };
    const segment = toSegment(written, start);
    if (segment === null) return { fault: "a param is `:name` or `<converter:name>`" };
    if (written !== "") segments.push(segment);
    start += written.length + 1;
  }
  const params = segments.filter((segment) => segment.kind === "param");
  if (new Set(params.map(({ name }) => name)).size < params.length) {
    return { fault: "names a param twice" };
  }
  const early = segments.slice(0, -1).some((one) => one.kind === "param" && takesRest(one));
  if (early) return { fault: "a `path` takes all that is left, so it stands last" };
  return { segments, params, slashed };
}

function faultOfText(text: string): string | null {
  if (!text.startsWith("/")) return "does not begin with a slash";
  if (/[?#]/.test(text)) return "a query or fragment is no part of a route";
  if (/%/.test(text)) return "has signs that are escaped: write them as they are";
  if (/[\s\p{Cc}\p{Cs}\\*(){}[\]"'`^|]/u.test(text)) return "has signs that a route cannot have";
  if (/\/\.{1,2}(?:\/|$)/.test(text)) return "browsers take `.` and `..` out of a path";
  return null;
}

function toSegment(text: string, start: number): RouteSegment | null {
  if (!/[:<>]/.test(text)) return { kind: "static", text };
  const end = start + text.length;
  const bare = COLON.exec(text)?.[1];
  if (bare !== undefined) return { kind: "param", name: bare, converter: null, start, end };
  const [, converter = null, name] = ANGLED.exec(text) ?? [];
  return name === undefined ? null : { kind: "param", name, converter, start, end };
}

const takesRest = ({ converter }: RouteParam): boolean => converter === "path";

export const isConverter = (text: string): text is Converter =>
  converters.some((one) => one === text);

/** The one spelling of a route: `/profile/<int:user_id>/` is `/profile/:user_id/`. What is no route stays. */
export function normalizeRoute(text: string): string {
  const route = parseRoute(text);
  if ("fault" in route) return text;
  const path = route.segments.map((segment) => `/${segmentText(segment)}`).join("");
  return route.slashed ? `${path}/` : path;
}

function segmentText(segment: RouteSegment): string {
  if (segment.kind === "static") return segment.text;
  const { name, converter } = segment;
  if (converter === null) return `:${name}`;
  if (!isConverter(converter)) return `<${converter}:${name}>`;
  switch (converter) {
    case "int":
    case "str":
    case "uuid":
      return `:${name}`;
    case "slug":
    case "path":
      return `<${converter}:${name}>`;
    default:
      return assertNever(converter);
  }
}

/**
 * What two routes have in common that match the same requests: neither the name of a param decides that,
 * nor its type, nor capitals, nor a slash at the end.
 */
export function routePattern({ segments }: Route): string {
  return segments
    .map((segment) => {
      if (segment.kind === "static") return segment.text.toLowerCase();
      return takesRest(segment) ? "*" : ":";
    })
    .join("/");
}
