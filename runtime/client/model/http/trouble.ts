/**
 * What may go wrong in one run over HTTP. Some of it is drawn once for the whole run, so that a run knows which errors
 * nobody could have caused in it.
 */
import type { MizanError } from "../../../wire/error.js";
import type { World } from "../world.js";
import { openBody } from "./body.js";

/** An answer as the server writes it. */
export interface Reply {
  readonly status: number;
  readonly body: string | ReadableStream<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Trouble {
  /** How the server refuses reads that come together, where it knows none. */
  readonly refusal: Reply | undefined;
  /** Something on the way or in the server answers what nobody ordered. */
  readonly isOdd: boolean;
  /** Nothing is lost on the way, and no answer breaks off: only the server fails. */
  readonly isReliable: boolean;
  /** The server speaks for another contract. */
  readonly isForeign: boolean;
  readonly hasCsrf: boolean;
  readonly losesConnection: boolean;
  readonly hasClockJumps: boolean;
  /** Of all that one client asks; 0 is never. */
  readonly timeoutMs: number;
}

const html = "<html>Hello";
const refusal = JSON.stringify({ error: true, code: "NO_BATCHES" });
const REFUSALS: readonly Reply[] = [
  { status: 404, body: refusal },
  { status: 405, body: refusal },
  { status: 415, body: html },
  { status: 200, body: html },
  { status: 200, body: "{}" },
];

export function drawTrouble(world: World): Trouble {
  const isOdd = world.chance(0.5);
  const losesConnection = world.chance(0.15);
  return {
    refusal: world.chance(0.3) ? world.pick(REFUSALS) : undefined,
    isOdd,
    isReliable: !isOdd && !losesConnection && world.chance(0.5),
    isForeign: world.chance(0.1),
    hasCsrf: world.chance(0.4),
    losesConnection,
    hasClockJumps: world.chance(0.1),
    timeoutMs: world.chance(0.2) ? 400 : 0,
  };
}

/** Whether something in this run can have made a call or a read fail like this. */
export function mayFailWith(
  { isOdd, isForeign, isReliable }: Trouble,
  { code, context }: MizanError,
): boolean {
  // Calls are lost in any run, by a server that falls over while it answers.
  if (code === "NETWORK") return !(isReliable && context);
  if (code === "CONTRACT_MISMATCH") return isForeign;
  if (isOdd && /^(ODD|HTTP_...)$/.test(code)) return true;
  // The server refuses an old token (FORBIDDEN), too, and reads that come together (NO_BATCHES): nobody is to see that.
  return /^(TIMEOUT|UNAVAILABLE|NOT_FOUND|NOT_NOW|INTERNAL_ERROR)$/.test(code);
}

const ODD_REPLIES: readonly (readonly [status: number, body: string | undefined])[] = [
  [200, html],
  [200, ""],
  [200, "null"],
  [200, "[]"],
  [200, "5"],
  [200, undefined],
  [500, "null"],
  [502, html],
  [502, '{"error":"Bad Gateway"}'],
  [503, ""],
  [504, "{}"],
];

/** The answer of nobody who knows what was asked for: a proxy, a captive portal, a server that fell over. */
export function drawOddReply(world: World): Reply {
  const [status, body] = world.pick(ODD_REPLIES);
  return { status, body: body ?? brokenOff() };
}

/** How long the server asks for patience, in all forms in which that comes. */
export function drawRetryAfter(world: World): NonNullable<Reply["headers"]> {
  return { "Retry-After": world.pick(["0", "1", "40", "soon", ""]) };
}

/** The connection is gone before the body is there. */
function brokenOff(): ReadableStream<Uint8Array> {
  const { stream, end } = openBody();
  end("error", new TypeError("terminated"));
  return stream;
}
