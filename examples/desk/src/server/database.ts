/**
 * One small interface over two Postgres: the embedded one (PGlite, Postgres compiled to WebAssembly, in
 * memory or in a folder) and a real one behind a `postgres://` address. The rest of the desk sees no difference.
 */
import { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";

export type Parameter = string | number | boolean | null;

/** Runs SQL with `$1`-style parameters. A row's type is the caller's claim about the columns it selects. */
export interface Queries {
  query<Row>(text: string, parameters?: readonly Parameter[]): Promise<Row[]>;
}

export interface Database extends Queries {
  /** Everything `work` does happens, or nothing of it. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Where the data lives: a `postgres://` address, a folder, or null for memory. */
export function openDatabase(place: string | null): Promise<Database> {
  return place !== null && /^postgres(ql)?:\/\//.test(place)
    ? openServer(place)
    : openEmbedded(place);
}

async function openEmbedded(folder: string | null): Promise<Database> {
  const engine = folder === null ? await PGlite.create() : await PGlite.create(folder);
  const queriesOf = (runner: Pick<PGlite, "query">): Queries => ({
    query: async <Row>(text: string, parameters: readonly Parameter[] = []) =>
      (await runner.query<Row>(text, [...parameters])).rows,
  });
  return {
    ...queriesOf(engine),
    transaction: (work) => engine.transaction((runner) => work(queriesOf(runner))),
    close: () => engine.close(),
  };
}

async function openServer(address: string): Promise<Database> {
  const engine = postgres(address, { onnotice: () => undefined });
  const queriesOf = (runner: Pick<typeof engine, "unsafe">): Queries => ({
    query: async <Row>(text: string, parameters: readonly Parameter[] = []) =>
      Array.from(await runner.unsafe<Row[] & postgres.Row[]>(text, [...parameters])),
  });
  // Fails here, with the driver's own words, rather than at the first visitor.
  await engine`select 1`;
  return {
    ...queriesOf(engine),
    transaction: async <T>(work: (queries: Queries) => Promise<T>) => {
      let result: { value: T } | undefined;
      await engine.begin(async (runner) => {
        result = { value: await work(queriesOf(runner)) };
      });
      if (result === undefined) throw new Error("the transaction ended without running its work");
      return result.value;
    },
    close: () => engine.end({ timeout: 2 }),
  };
}
