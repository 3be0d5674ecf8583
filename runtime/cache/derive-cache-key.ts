/** The key of a cached context bundle: the same in every implementation, for whoever looks into a cache. */
import { createHmac } from "node:crypto";
import { compareCodePoints, toWord } from "../wire/words.js";

export type CacheKeyInput = {
  /** Shared by all processes of one application; keeps keys from being guessed out of params. */
  readonly secret: string;
  readonly context: string;
  /** Coerced values of declared params. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Which params are numbers rather than integers: `1` is written `1.0` under `number`. */
  readonly types?: Readonly<Record<string, string>> | undefined;
  /** The user's id; null for nobody, and for a context that is public. */
  readonly user: string | number | null;
  /** The greatest `rev` of the context's functions. */
  readonly rev: number;
};

/** `ctx:<context>:<64 hex digits>`, an HMAC-SHA256 of the canonical text of everything else. */
export function deriveCacheKey({
  secret,
  context,
  params,
  types,
  user,
  rev,
}: CacheKeyInput): string {
  const words = Object.keys(params)
    .sort(compareCodePoints)
    .map((name) => {
      const isNumber =
        types !== undefined && Object.hasOwn(types, name) && types[name] === "number";
      return `${toAscii(name)}:${toAscii(cacheWord(params[name], isNumber))}`;
    });
  const members = [`"c":${toAscii(context)}`, `"p":{${words.join(",")}}`, `"r":${rev}`];
  if (user !== null) members.push(`"u":${toAscii(String(user))}`);
  const digest = createHmac("sha256", secret)
    .update(`{${members.join(",")}}`)
    .digest("hex");
  return `ctx:${context}:${digest}`;
}

const cacheWord = (value: unknown, isNumber: boolean): string =>
  typeof value === "number" ? numberWord(value, isNumber) : toWord(value);

/** An integer in decimal; a number always with `.0` or an exponent, of at least two digits and signed. */
function numberWord(value: number, isNumber: boolean): string {
  if (!isNumber) return String(value);
  const [mantissa = "0", power = "0"] = Math.abs(value).toExponential().split("e");
  const exponent = Number(power);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const whole = mantissa.replace(".", "");
  const plain =
    exponent < 0
      ? `0.${"0".repeat(-exponent - 1)}${whole}`
      : whole.length > exponent + 1
        ? `${whole.slice(0, exponent + 1)}.${whole.slice(exponent + 1)}`
        : `${whole.padEnd(exponent + 1, "0")}.0`;
  return sign + plain;
}

/** A JSON string in which only printable ASCII stands for itself. */
const toAscii = (text: string): string =>
  JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
