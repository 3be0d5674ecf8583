/** What every driver promises, as one suite: run on memory, on a Redis, and on a cluster. */
import type { Bundle, Cache, Entry, Found, Loader } from "@mizan/runtime/cache";
import { eventually } from "../support/eventually.js";
import { bundleOf, entryOf, gate, planOf } from "./plans.js";

export type Subject = {
  /** Caches that share one store, as those of several processes do; of memory there is one. */
  readonly caches: readonly [Cache, ...Cache[]];
  /** Bytes above which a body is not kept. */
  readonly maxEntryBytes: number;
  /** Forgets everything, between tests. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

export function cacheSuite(name: string, open: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    let cache: Cache;
    /** Where there is only one process, itself. */
    let other: Cache;
    beforeAll(async () => {
      subject = await open();
      [cache, other = cache] = subject.caches;
    });
    beforeEach(() => subject.reset());
    afterAll(() => subject.close());

    const plan = planOf();
    const ada = entryOf(plan, { user_id: 5 });

    /** What a load answers, and whether its loader ran. */
    async function ask(
      from: Cache,
      entry: Entry,
      value: unknown = "fresh",
    ): Promise<{ value: unknown; hit: boolean; ran: boolean }> {
      let ran = false;
      const found = await from.load(entry, async () => {
        ran = true;
        return bundleOf(value);
      });
      return { value: found && JSON.parse(found.bundle.body), hit: found?.hit === true, ran };
    }

    /** Loads and waits until it is kept, as drivers may answer before. */
    async function keep(entry: Entry, value: unknown = "kept"): Promise<void> {
      await ask(cache, entry, value);
      await eventually(async () => {
        const { hit } = await ask(cache, entry, value);
        if (!hit) throw new Error("not kept");
      });
    }

    const isKept = async (entry: Entry, from: Cache = cache): Promise<boolean> => {
      const found = await from.load(entry, () => Promise.resolve(null));
      return found?.hit === true;
    };

    test("what was loaded is there for whoever asks next, byte by byte", async () => {
      const bundle: Bundle = {
        body: '{"text":"naïve ☃ \\ud83d\\ude00 \\u0000","n":[1e21]}',
        etag: '"tag"',
      };
      expect(await cache.load(ada, () => Promise.resolve(bundle))).toEqual({ bundle, hit: false });
      const again = await eventually(async () => {
        const found = await other.load(ada, () => Promise.resolve(null));
        if (!found?.hit) throw new Error("not kept yet");
        return found;
      });
      expect(again).toEqual({ bundle, hit: true });
    });

    test("entries that differ in anything are different entries", async () => {
      const entries = [
        ada,
        entryOf(plan, { user_id: 6 }),
        entryOf(plan, { user_id: 5, limit: 1 }),
        entryOf(plan, { user_id: 5, team_id: 1 }),
        entryOf(plan, { user_id: 5 }, 5),
        entryOf(plan, { user_id: 5 }, ""),
        entryOf(plan, { user_id: 5 }, "null"),
        entryOf(planOf({ rev: 1 }), { user_id: 5 }),
        entryOf(planOf({ contract: "c2" }), { user_id: 5 }),
        entryOf(planOf({ context: "team" }), { user_id: 5 }),
      ];
      for (const [index, entry] of entries.entries()) await keep(entry, index);
      const answers = await Promise.all(entries.map((entry) => ask(other, entry)));
      expect(answers.map(({ value }) => value)).toEqual([...entries.keys()]);
    });

    test("a purge reaches every entry that agrees, whoever asked, and no other", async () => {
      const reached = [
        ada,
        entryOf(plan, { user_id: 5, limit: 1 }),
        entryOf(plan, { user_id: 5, team_id: 7 }),
        entryOf(plan, { user_id: 5 }, "eve"),
        entryOf(planOf({ rev: 3 }), { user_id: 5 }),
        entryOf(planOf({ contract: "c2" }), { user_id: 5 }),
      ];
      const others = [
        entryOf(plan, { user_id: 6 }),
        entryOf(plan, { user_id: 55 }),
        entryOf(plan),
        entryOf(planOf({ context: "team" }), { user_id: 5 }),
      ];
      for (const entry of [...reached, ...others]) await keep(entry);
      await other.purge([plan.scopeOf([["user_id", 5]])]);
      expect(await Promise.all(reached.map((entry) => isKept(entry)))).toEqual(
        reached.map(() => false),
      );
      expect(await Promise.all(others.map((entry) => isKept(entry)))).toEqual(
        others.map(() => true),
      );
    });

    test("of several params all have to agree", async () => {
      const inTeam = entryOf(plan, { user_id: 5, team_id: 7 });
      const elsewhere = entryOf(plan, { user_id: 5, team_id: 8 });
      for (const entry of [inTeam, elsewhere, ada]) await keep(entry);
      await cache.purge([
        plan.scopeOf([
          ["team_id", 7],
          ["user_id", 5],
        ]),
      ]);
      expect(await Promise.all([inTeam, elsewhere, ada].map((entry) => isKept(entry)))).toEqual([
        false,
        true,
        true,
      ]);
    });

    test("params that nobody foresaw purge more, never less", async () => {
      const limited = entryOf(plan, { user_id: 5, limit: 1 });
      const stranger = entryOf(plan, { user_id: 6, limit: 1 });
      for (const entry of [limited, ada, stranger]) await keep(entry);
      await cache.purge([
        plan.scopeOf([
          ["limit", 1],
          ["user_id", 5],
        ]),
      ]);
      expect(await Promise.all([limited, ada, stranger].map((entry) => isKept(entry)))).toEqual([
        false,
        false,
        true,
      ]);
      await cache.purge([plan.scopeOf([["limit", 9]])]);
      expect(await isKept(stranger)).toBe(false);
    });

    test("a load that began before a purge does not fill the cache after it", async () => {
      for (const params of [[["user_id", 5]], []] as const) {
        const slow = gate<Bundle>();
        const began = gate();
        const first = cache.load(ada, () => {
          began.open();
          return slow.promise;
        });
        await began.promise;
        await other.purge([plan.scopeOf(params)]);
        slow.open(bundleOf("old"));
        expect((await first)?.bundle).toEqual(bundleOf("old"));
        expect(await ask(other, ada, "new")).toEqual({ value: "new", hit: false, ran: true });
        expect((await ask(cache, ada)).value).toBe("new");
        await cache.purge([plan.scopeOf([])]);
      }
    });

    test("who asks after a purge does not wait for a load from before it", async () => {
      const slow = gate<Bundle>();
      const began = gate();
      const first = cache.load(ada, () => {
        began.open();
        return slow.promise;
      });
      await began.promise;
      await cache.purge([plan.scopeOf([["user_id", 5]])]);
      expect(await ask(cache, ada, "new")).toEqual({ value: "new", hit: false, ran: true });
      expect((await ask(other, ada, "newer")).value).toBe("new");
      slow.open(bundleOf("old"));
      await first;
      expect((await ask(cache, ada, "newer")).value).toBe("new");
    });

    test("all who ask at once share one load", async () => {
      const slow = gate<Bundle>();
      let runs = 0;
      const loader: Loader = () => {
        runs += 1;
        return slow.promise;
      };
      const asked = [...subject.caches, ...subject.caches, cache].map((from) =>
        from.load(ada, loader),
      );
      await eventually(() => expect(runs).toBe(1));
      slow.open(bundleOf("one"));
      const answers = await Promise.all(asked);
      expect(answers.map((found) => found?.bundle)).toEqual(asked.map(() => bundleOf("one")));
      expect(runs).toBe(1);
    });

    test("a failed load is told to all who waited, and not kept", async () => {
      const slow = gate<Bundle>();
      const failure = new Error("no database");
      let runs = 0;
      const loader: Loader = () => {
        runs += 1;
        return slow.promise;
      };
      const first = cache.load(ada, loader);
      await eventually(() => expect(runs).toBe(1));
      const second = cache.load(ada, loader);
      await new Promise((resolve) => setImmediate(resolve));
      slow.fail(failure);
      await expect(first).rejects.toBe(failure);
      await expect(second).rejects.toBe(failure);
      expect(await ask(other, ada)).toEqual({ value: "fresh", hit: false, ran: true });
    });

    test("what is the asker's own is neither kept nor shared", async () => {
      const slow = gate<Bundle | null>();
      let runs = 0;
      const first = cache.load(ada, () => {
        runs += 1;
        return slow.promise;
      });
      await eventually(() => expect(runs).toBe(1));
      const second: Found | Promise<Found | null> = cache.load(ada, () =>
        Promise.resolve(bundleOf("mine")),
      );
      await new Promise((resolve) => setImmediate(resolve));
      slow.open(null);
      expect(await first).toBeNull();
      expect((await second)?.bundle).toEqual(bundleOf("mine"));
    });

    test("nothing is kept for longer than its ttl", async () => {
      const brief = entryOf(planOf({ context: "brief", ttl: 0.05 }));
      await ask(cache, brief, "old");
      const { value } = await eventually(async () => {
        const answer = await ask(cache, brief, "new");
        if (answer.value === "old") throw new Error("still there");
        return answer;
      });
      expect(value).toBe("new");
    });

    test("what is too large is answered and not kept", async () => {
      const large = "x".repeat(subject.maxEntryBytes + 1);
      expect((await ask(cache, ada, large)).value).toBe(large);
      expect(await isKept(ada)).toBe(false);
    });

    test("a purge of what is not there, and of nothing, is no mistake", async () => {
      await cache.purge([]);
      await cache.purge([
        plan.scopeOf([["user_id", 12]]),
        planOf({ context: "nobody" }).scopeOf([]),
      ]);
      expect((await ask(cache, ada)).value).toBe("fresh");
    });
  });
}
