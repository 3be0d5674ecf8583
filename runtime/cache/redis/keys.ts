/** Names of what is kept in Redis. */
import { createHash, createHmac } from "node:crypto";
import { encodeWord } from "../../wire/words.js";
import type { Entry, Plan } from "../cache.js";

const LONGEST_SCOPE = 128;

export class Keys {
  readonly #secret: string;
  readonly #prefix: string;

  /** Applications that share a Redis, but not their secret, have nothing to do with each other. */
  constructor(secret: string, prefix: string) {
    this.#secret = secret;
    this.#prefix = `${prefix}:${hmac(secret, "namespace").slice(0, 12)}`;
  }

  /** All of a context on one node of a cluster. An encoded word holds no brace. */
  whole({ context }: Plan): string {
    return `${this.#prefix}:{${encodeWord(context)}}`;
  }

  /** Null for the whole context. */
  scope(plan: Plan, text: string): string | null {
    if (text === "") return null;
    const short =
      text.length <= LONGEST_SCOPE
        ? text
        : `#${createHash("sha256").update(text).digest("base64url")}`;
    return `${this.whole(plan)}:s:${short}`;
  }

  /** Entry, lease, whole token, scope tokens, as the scripts take them. */
  entry(entry: Entry): readonly string[] {
    const { plan } = entry;
    const whole = this.whole(plan);
    const digest = entry.key(this.#secret).slice(`ctx:${plan.context}:`.length);
    const scopes = entry.scopes().flatMap((text) => this.scope(plan, text) ?? []);
    const name = `${digest}:${plan.contract}`;
    return [`${whole}:e:${name}`, `${whole}:l:${name}`, whole, ...scopes];
  }
}

const hmac = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text).digest("hex");
