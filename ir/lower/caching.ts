/**
 * `cache`, `cache ttl=60`, `cache public ttl=60`, `cache off`.
 *
 * Other words are read as what they say (`cache on`, `cache 60`, `cache max-age=60`) and reported once with the
 * line that says it here. Nothing but `public` makes a cache shared, so no help proposes it unasked.
 */
import { didYouMean } from "../diagnostics/did-you-mean.js";
import { report } from "../diagnostics/catalogue.js";
import type { Cache } from "../model/contract.js";
import type { Node, Value } from "../model/syntax.js";
import { toInteger } from "./literals.js";
import { checkNode, propertiesExcept, propertyOf, type Out } from "./nodes.js";
import { bareText, shorten, valueText } from "./text.js";

const seconds = {
  min: 1,
  max: Number.MAX_SAFE_INTEGER,
  words: "a whole number of seconds from 1 on",
};

export function lowerCache(node: Node, out: Out): Cache {
  const { span } = node;
  const [first, ...others] = node.args;
  const word = first?.value.kind === "string" ? first.value.text : null;
  const isKnown = first === undefined || word === "off" || word === "public";
  if (!isKnown || others.length > 0 || propertiesExcept(node, ["ttl"]).length > 0) {
    return { ...lowerMistaken(node, out), span };
  }
  checkNode(node, { args: 1, takes: "`public`, `off` or nothing", props: ["ttl"] }, out);
  const ttl = propertyOf(node, "ttl");
  return {
    off: word === "off",
    public: word === "public",
    ttl: ttl === null ? null : toInteger(ttl.value, "`ttl`", seconds, out),
    span,
  };
}

type Meaning = Omit<Cache, "span">;

const forms = "there are `cache`, `cache ttl=60`, `cache public ttl=60` and `cache off`";

/** What other words say, by entry; what cannot be told is no cache at all. */
function lowerMistaken(node: Node, out: Out): Meaning {
  const meaning = meaningOf(node);
  const known = ["public", "off"];
  const strange =
    node.args.find((arg) => !known.includes(bareText(arg))) ??
    node.args[1] ??
    propertiesExcept(node, ["ttl"])[0]?.value;
  const help =
    meaning === null
      ? (didYouMean(strange === undefined ? "" : bareText(strange), known) ?? forms)
      : `write \`${textOf(meaning)}\``;
  const label = { span: strange?.span ?? node.span, text: "not said like this" };
  const facts = { what: "what stands behind `cache`", expected: "`public`, `off` or `ttl=`" };
  out.push(report("MZ1105", label, facts, { help: shorten(help) }));
  return meaning ?? { off: true, public: false, ttl: null };
}

function textOf({ off, public: isPublic, ttl }: Meaning): string {
  if (off) return "cache off";
  return ["cache", ...(isPublic ? ["public"] : []), ...(ttl === null ? [] : [`ttl=${ttl}`])].join(
    " ",
  );
}

/** One thing that is said about a cache. */
type Part = "on" | "off" | "public" | number;

/** All that a node says, if each of it is known and nothing is said twice. */
function meaningOf(node: Node): Meaning | null {
  const args = node.args.filter((arg, index) => {
    const next = node.args[index + 1];
    // `cache ttl 60`
    return !(durations.has(bareText(arg)) && next?.value.kind === "number");
  });
  const parts = [
    ...args.map(partOf),
    ...node.props.map(({ name, value }) => {
      if (durations.has(name.text)) return durationOf(value);
      return valueText(value) === "#true" ? (words.get(name.text) ?? null) : null;
    }),
  ];
  const ttls = parts.filter((part) => typeof part === "number");
  const off = parts.includes("off");
  if (parts.includes(null) || ttls.length > 1 || (off && parts.length > 1)) return null;
  return { off, public: parts.includes("public"), ttl: ttls[0] ?? null };
}

function partOf(value: Value): Part | null {
  const scalar = value.value;
  if (scalar.kind === "boolean") return scalar.value ? "on" : "off";
  if (scalar.kind === "string") return words.get(scalar.text) ?? durationOf(value);
  return durationOf(value);
}

/** `60`, `"60"`, `"5m"`. */
function durationOf(value: Value): number | null {
  const text = value.value.kind === "string" ? value.value.text : valueText(value);
  const [, digits, unit = "s"] = /^(\d{1,9})([smhd]?)$/.exec(text) ?? [];
  const length = Number(digits) * (secondsPer.get(unit || "s") ?? 1);
  return length >= seconds.min ? length : null;
}

const secondsPer: ReadonlyMap<string, number> = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86_400],
]);

/** What properties that say how long are called elsewhere. */
const durations: ReadonlySet<string> = new Set(
  "ttl max-age max_age maxage age seconds expires".split(" "),
);

const words: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...["on", "yes", "enabled", "private"].map((word) => [word, "on"] as const),
  ...["off", "no", "none", "never", "disabled"].map((word) => [word, "off"] as const),
  ...["public", "shared"].map((word) => [word, "public"] as const),
]);
