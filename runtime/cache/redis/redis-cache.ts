/**
 * A cache in Redis, shared by all processes that have its secret. What is kept there, and how, is in
 * `scripts.ts`; when Redis is relied on, in `contact.ts`.
 *
 * A load is one round trip where the bundle is there. Where it is not, the same round trip takes its lease:
 * one process loads, the others look again until it is there, or load themselves when they have waited for
 * long enough, or when what was loaded cannot be kept. Within a process those who looked under the same tokens
 * share one load.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bundle, Cache, Entry, Found, Loader, Plan, Scope } from "../cache.js";
import { withJitter } from "../jitter.js";
import { Flights } from "../single-flight.js";
import { TooLarge } from "../too-large.js";
import { connect, type RedisClient } from "./client.js";
import { Contact, freshToken } from "./contact.js";
import { Keys } from "./keys.js";
import { checkRedisOptions, type CheckedOptions, type RedisCacheOptions } from "./options.js";
import { Outage } from "./outage.js";
import { fill, lease, lookup, purge } from "./scripts.js";

/** A process that died while it loaded keeps the others waiting for this long. */
const LEASE_MS = 2000;
/** For how long nobody waits where a load came to nothing: those who did have looked again many times by then. */
const OPEN_MS = 500;
/** How long others are waited for, before everybody loads for themselves. */
const WAIT_MS = 10_000;
const LONGEST_PAUSE_MS = 50;
const DEFAULT_ENTRY_BYTES = 1024 * 1024;

type Looked =
  | { readonly kind: "hit"; readonly bundle: Bundle }
  | {
      readonly kind: "miss";
      readonly generation: string;
      readonly leads: boolean;
      /** By Redis's clock, in milliseconds. */
      readonly at: number;
    };

/** Throws a TypeError that names what is wrong with the options. Connects by itself. */
export function redisCache(options: RedisCacheOptions): Cache {
  checkRedisOptions(options);
  return new RedisCache(options);
}

class RedisCache implements Cache {
  readonly #keys: Keys;
  readonly #limitMs: number;
  readonly #tooLarge: TooLarge;
  /** Whose leases are ours. */
  readonly #owner = randomBytes(9).toString("base64url");
  readonly #flights = new Flights<null>();
  readonly #outage = new Outage();
  readonly #contacts = new Map<string, Contact>();
  readonly #writing = new Set<Promise<unknown>>();
  readonly #isOwnClient: boolean;
  #client: RedisClient | null = null;
  #wasReady = false;
  #hasLost = false;
  #isClosed = false;

  constructor(options: CheckedOptions) {
    const { secret, prefix = "mizan", limitMs = 40, maxEntryBytes = DEFAULT_ENTRY_BYTES } = options;
    this.#keys = new Keys(secret, prefix);
    this.#limitMs = limitMs;
    this.#tooLarge = new TooLarge(maxEntryBytes);
    this.#isOwnClient = !("client" in options);
    connect(options).then(
      (client) => this.#use(client),
      (error: unknown) => this.#outage.begin(this, error),
    );
  }

  get available(): boolean {
    return this.#client?.status === "ready" && this.#outage.isOver;
  }

  logTo(logger: Parameters<NonNullable<Cache["logTo"]>>[0]): void {
    this.#outage.logger = logger;
    this.#tooLarge.logger = logger;
  }

  async load(entry: Entry, loader: Loader): Promise<Found | null> {
    const contact = this.#contactFor(entry.plan);
    if (this.#isClosed || !contact.isGood) return toFound(await loader());
    const keys = this.#keys.entry(entry);
    const startedAt = performance.now();
    for (let pause = 2; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const looked = await this.#look(entry.plan, contact, keys);
      if (looked === null) return toFound(await loader());
      if (looked.kind === "hit") return { bundle: looked.bundle, hit: true };
      const flight = `${entry.name} ${looked.generation}`;
      const joined = this.#flights.join(flight, loader);
      if (joined !== null) return toFound(await joined);
      if (looked.leads || performance.now() - startedAt > WAIT_MS) {
        return toFound(await this.#lead(entry.plan, contact, keys, flight, looked, loader));
      }
      await sleep(pause);
    }
  }

  async purge(scopes: readonly Scope[]): Promise<void> {
    if (this.#isClosed) return;
    await Promise.all(scopes.map((scope) => this.#purgeOne(scope)));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all(this.#writing);
    for (const contact of this.#contacts.values()) contact.close();
    this.#outage.close();
    const client = this.#client;
    if (client === null) return;
    client.off("close", this.#onClose);
    client.off("-node", this.#onLoss);
    client.off("ready", this.#onReady);
    if (this.#isOwnClient) client.disconnect();
  }

  async #look(plan: Plan, contact: Contact, keys: readonly string[]): Promise<Looked | null> {
    const args = [plan.family, freshToken(), tokenLife(plan), this.#owner, String(LEASE_MS)];
    const reply = await contact.run(lookup, keys, args, {
      late: (late) => {
        // Nobody waits for it any more, so nobody will load under this lease.
        const looked = readLookup(late);
        if (looked?.kind === "miss" && looked.leads) {
          void this.#settleLease(contact, keys, [looked.generation, this.#owner, "0"]);
        }
      },
    });
    return readLookup(reply);
  }

  async #lead(
    plan: Plan,
    contact: Contact,
    keys: readonly string[],
    flight: string,
    { generation, at }: Extract<Looked, { kind: "miss" }>,
    loader: Loader,
  ): Promise<Bundle | null> {
    const [, leaseKey = ""] = keys;
    // What is loaded is as old as its load.
    const expiresAt = Math.floor(at + withJitter(plan.ttl * 1000, Math.random()));
    const renewal = setInterval(() => {
      if (!contact.isGood) return;
      void contact.run(lease, [leaseKey], [generation, this.#owner, String(LEASE_MS)], {
        essential: false,
      });
    }, LEASE_MS / 3);
    renewal.unref();
    return this.#flights.lead(flight, null, loader, (bundle) => {
      clearInterval(renewal);
      if (!contact.isGood) return;
      if (bundle === null || this.#tooLarge.is(plan, Buffer.byteLength(bundle.body))) {
        return this.#settleLease(contact, keys, [generation, this.#owner, String(OPEN_MS), "open"]);
      }
      const args = [
        generation,
        this.#owner,
        bundle.etag,
        bundle.body,
        String(expiresAt),
        tokenLife(plan),
      ];
      return this.#write(contact.run(fill, keys, args, { essential: false }));
    });
  }

  /** `args` as the script `lease` takes them. */
  #settleLease(
    contact: Contact,
    [, key = ""]: readonly string[],
    args: readonly string[],
  ): Promise<void> {
    return this.#write(contact.run(lease, [key], args, { essential: false }));
  }

  /** Nobody waits for it, but closing does. */
  #write(written: Promise<unknown>): Promise<void> {
    const done = written.then(() => {
      this.#writing.delete(done);
    });
    this.#writing.add(done);
    return done;
  }

  /** Sent to a Redis that is slow, too: what is sent is executed in its order. */
  async #purgeOne({ plan, text }: Scope): Promise<void> {
    const contact = this.#contactFor(plan);
    if (!contact.isConnected) {
      contact.lose("a purge could not be sent");
      return;
    }
    const scope = this.#keys.scope(plan, text);
    const whole = this.#keys.whole(plan);
    await contact.run(purge, scope === null ? [whole] : [whole, scope], [plan.family]);
  }

  #contactFor(plan: Plan): Contact {
    const known = this.#contacts.get(plan.context);
    if (known !== undefined) return known;
    const contact = new Contact({
      client: () => this.#client,
      outage: this.#outage,
      limitMs: this.#limitMs,
      wholeToken: this.#keys.whole(plan),
      family: plan.family,
      tokenLife: tokenLife(plan),
    });
    this.#contacts.set(plan.context, contact);
    // What others missed while Redis was away concerns contexts that nobody asked for here, too.
    if (this.#hasLost) contact.lose(LOST);
    return contact;
  }

  #use(client: RedisClient): void {
    this.#client = client;
    if (this.#isClosed) {
      if (this.#isOwnClient) client.disconnect();
      return;
    }
    client.on("close", this.#onClose);
    // A cluster lost the connection to one of its nodes.
    client.on("-node", this.#onLoss);
    client.on("ready", this.#onReady);
    if (client.status === "ready") this.#onReady();
    // Made with `lazyConnect`; that it cannot connect shows as a loss.
    if (client.status === "wait") client.connect().catch(() => {});
    if (this.#isOwnClient) client.on("error", this.#onError);
  }

  /** What was never connected has missed nothing yet, and a cluster corrects its first list of nodes. */
  readonly #onLoss = (): void => {
    if (!this.#wasReady) return;
    this.#hasLost = true;
    for (const contact of this.#contacts.values()) contact.lose(LOST);
  };

  readonly #onClose = (): void => {
    if (!this.#wasReady) this.#outage.begin(this, "no connection could be made");
    this.#onLoss();
  };

  /** Says why before a loss is noticed, or, of sentinels that are away, all there is. Without it ioredis prints. */
  readonly #onError = (error: unknown): void => {
    if (!this.#wasReady && !this.#isClosed) this.#outage.begin(this, error);
  };

  readonly #onReady = (): void => {
    this.#wasReady = true;
    this.#outage.end(this);
    for (const contact of this.#contacts.values()) contact.recover();
  };
}

const LOST = "the connection was lost";

const toFound = (bundle: Bundle | null): Found | null => bundle && { bundle, hit: false };

/** Tokens outlive what is stored under them; each fill prolongs them. */
const tokenLife = ({ ttl }: Plan): string => String(Math.ceil(ttl * 2000));

function readLookup(reply: unknown): Looked | null {
  if (!Array.isArray(reply)) return null;
  const [found, first, second, at]: unknown[] = reply;
  if (typeof first !== "string") return null;
  if (found === 0) {
    return typeof at === "number"
      ? { kind: "miss", generation: first, leads: second === 1, at }
      : null;
  }
  return typeof second === "string" ? { kind: "hit", bundle: { body: second, etag: first } } : null;
}
