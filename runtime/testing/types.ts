/** What a generated `testing.ts` and the tests that use it see. */
import type { Client, Transport } from "../client/index.js";
import type { Logger } from "../server/log.js";
import type { AppUser } from "../server/register.js";
import type { Mizan } from "../server/server.js";

/**
 * `createTestMizan({ renameUser: ({ user_id, name }) => ({ … }) }, { user: { id: 5 } })`. A function without a
 * fake answers 501 with a message that names the fake to add. Throws a TypeError for a fake of no function.
 */
export type CreateTestMizan<Fakes, Predicates = object> = (
  fakes?: Partial<Fakes>,
  options?: TestOptions<Predicates>,
) => TestMizan<Fakes>;

export interface TestOptions<Predicates = object> {
  /** Who is signed in; null, which is the default, for nobody. */
  readonly user?: AppUser | null;
  /** The guards that the contract names. One that is not given lets everybody pass. */
  readonly predicates?: Partial<Predicates>;
  /** Milliseconds before a request reaches the server, for whoever wants to see loading states. Default 0. */
  readonly delayMs?: number;
  /** Whether what fakes answer is checked. Default true. */
  readonly validateOutput?: boolean;
  /** Default: warnings and errors go to the console, nothing else. */
  readonly logger?: Logger;
}

/** One run of a fake: the function by the name that its fake has, and the input as the fake got it. */
export type FakeRun<Fakes> = {
  [Name in keyof Fakes]: {
    readonly fn: Name;
    readonly input: Fakes[Name] extends (input: infer Input, ...rest: never[]) => unknown
      ? Input
      : never;
  };
}[keyof Fakes];

/** A server in memory. Its members may be passed around unbound. */
export interface TestMizan<Fakes> extends Pick<Mizan, "handle"> {
  /**
   * A client of this server: `<MizanContext client={server.client}>`. Always the same until `reset`. It tries
   * nothing again, so that a test sees a failure at once.
   */
  readonly client: Client;
  /** For clients with options of their own, `createClient({ transport: server.transport })`. */
  readonly transport: Transport;
  /** Runs of functions outside contexts, in order. What was refused before its fake is none. */
  readonly calls: readonly FakeRun<Fakes>[];
  /** Runs of functions of contexts, in order. */
  readonly reads: readonly FakeRun<Fakes>[];
  /** Who is signed in, from the next request on. A client that should forget what it shows: `client.reset()`. */
  user: AppUser | null;
  /** Other fakes for some functions, until `reset`. */
  readonly fake: (fakes: Partial<Fakes>) => void;
  /**
   * As after it was made: with those fakes and that user, nothing recorded, and a new client, so that nothing of
   * one test is shown in the next.
   */
  readonly reset: () => void;
  /**
   * Answers a request of the wire protocol to an address below `baseUrl` (default `/api/mizan`), whatever its
   * origin: for libraries that stand between `fetch` and the network. Never rejects.
   */
  readonly respond: (request: Request, baseUrl?: string) => Promise<Response>;
}
