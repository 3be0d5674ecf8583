import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { field, file, list } from "../define.js";
import type { ContractDefinition } from "../definition.js";
import { checkUploads } from "./check-options.js";
import type { UploadOptions } from "./limits.js";
import { UploadStore } from "./store.js";
import { StoredFile, type UploadedFile } from "./uploaded-file.js";

const directory = mkdtempSync(join(tmpdir(), "mizan-unit-"));
afterAll(() => rmSync(directory, { recursive: true }));

const bytesOf = (size: number): Uint8Array => new Uint8Array(size).map((_, at) => at * 7);

async function stored(store: UploadStore, pieces: readonly Uint8Array[]): Promise<UploadedFile> {
  const draft = store.begin();
  for (const piece of pieces) await draft.write(piece);
  return new StoredFile(draft.finish(), { name: "a.txt", type: "text/plain" });
}

describe.each([
  ["in memory", 1_000_000],
  ["on disk", 0],
  ["from memory to disk", 150_000],
])("a file %s", (_, memoryBytes) => {
  const store = new UploadStore({ memoryBytes, directory }, () => undefined);
  const content = bytesOf(300_000);
  let uploaded: UploadedFile;
  beforeAll(async () => {
    const reused = new Uint8Array(100_000);
    const draft = store.begin();
    for (let at = 0; at < content.length; at += reused.length) {
      reused.set(content.subarray(at, at + reused.length));
      // Whoever hands a piece over may write into it again.
      await draft.write(reused);
    }
    uploaded = new StoredFile(draft.finish(), { name: "a.txt", type: "text/plain" });
  });
  afterAll(() => store.dispose());

  test("is read as often as wanted, by several at once", async () => {
    const streamed = async (): Promise<Uint8Array> => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of uploaded.stream()) chunks.push(chunk);
      return Uint8Array.from(Buffer.concat(chunks));
    };
    const all = await Promise.all([uploaded.bytes(), streamed(), streamed(), uploaded.bytes()]);
    for (const read of all) expect(Buffer.compare(read, content)).toBe(0);
    expect(uploaded.size).toBe(content.length);
  });

  test("is not changed by who writes into what was read", async () => {
    for await (const chunk of uploaded.stream()) chunk.fill(0);
    (await uploaded.bytes()).fill(0);
    expect(Buffer.compare(await uploaded.bytes(), content)).toBe(0);
  });

  test("is copied to a new file, over an old one only if told to", async () => {
    const path = join(directory, "copy");
    writeFileSync(path, "mine");
    await expect(uploaded.saveTo(path)).rejects.toMatchObject({ code: "EEXIST" });
    expect(readFileSync(path, "utf8")).toBe("mine");
    await uploaded.saveTo(path, { overwrite: true });
    expect(Buffer.compare(readFileSync(path), content)).toBe(0);
    rmSync(path);
    await expect(uploaded.saveTo(join(directory, "no", "folder"))).rejects.toThrow("ENOENT");
    expect(readdirSync(directory)).toEqual([]);
  });
});

test("once disposed of, it is gone, and takes nothing with it", async () => {
  for (const memoryBytes of [0, 1000]) {
    const store = new UploadStore({ memoryBytes, directory }, () => undefined);
    const uploaded = await stored(store, [bytesOf(100)]);
    const half = uploaded.stream();
    await store.dispose();
    await store.dispose();
    const path = join(directory, "kept");
    writeFileSync(path, "mine");
    await expect(uploaded.saveTo(path, { overwrite: true })).rejects.toThrow("gone");
    expect(readFileSync(path, "utf8")).toBe("mine");
    rmSync(path);
    await expect(uploaded.text()).rejects.toThrow("gone");
    await new Promise((resolve) => half.on("close", resolve).resume());
  }
});

test("the memory of one call is shared by its files, and given back by what goes to disk", async () => {
  const store = new UploadStore(
    { memoryBytes: 100, directory: join(directory, "missing") },
    () => undefined,
  );
  await stored(store, [bytesOf(60)]);
  await expect(stored(store, [bytesOf(41)])).rejects.toThrow("ENOENT");
  await stored(store, [bytesOf(40)]);
  await store.dispose();

  const other = new UploadStore({ memoryBytes: 100, directory }, () => undefined);
  const toDisk = await stored(other, [bytesOf(90), bytesOf(20)]);
  const inMemory = await stored(other, [bytesOf(100)]);
  expect([(await toDisk.bytes()).length, (await inMemory.bytes()).length]).toEqual([110, 100]);
  await other.dispose();
});

test("what is finished when all was disposed of is gone at once", async () => {
  for (const memoryBytes of [0, 10]) {
    const store = new UploadStore({ memoryBytes, directory }, () => undefined);
    await store.dispose();
    await expect((await stored(store, [bytesOf(5)])).bytes()).rejects.toThrow("is gone");
  }
});

test("what is dropped was never there", async () => {
  const store = new UploadStore({ memoryBytes: 10, directory }, () => undefined);
  for (const size of [5, 50]) {
    const draft = store.begin();
    await draft.write(bytesOf(size));
    await draft.drop();
    await draft.drop();
  }
  expect(readdirSync(directory)).toEqual([]);
  await expect(stored(store, [bytesOf(10)])).resolves.toMatchObject({ size: 10 });
  await store.dispose();
});

describe("the option uploads", () => {
  const contract: ContractDefinition = {
    hash: "",
    structs: [],
    errors: [],
    contexts: [],
    functions: [
      { name: "add", boxed: true, input: [field("scans", list(file({ maxBytes: 500 })))] },
    ],
  };
  function check(given: unknown, within = contract): { faults: string[]; warned: string[] } {
    const faults: string[] = [];
    const warned: string[] = [];
    const warn = (text: string): void => void warned.push(text);
    const logger = { debug: warn, info: warn, warn, error: warn };
    checkUploads(given as UploadOptions | undefined, within, logger, faults);
    return { faults, warned };
  }

  test.each<[unknown, readonly string[]]>([
    [undefined, []],
    [{ directory, maxFiles: 0, memoryBytes: 0 }, []],
    [
      { maxFileBytes: -1, maxTotalBytes: 1.5, maxFiles: "3", memoryBytes: Number.NaN },
      ["maxFileBytes", "maxTotalBytes", "maxFiles", "memoryBytes"],
    ],
    [{ directory: join(directory, "missing") }, ["directory"]],
    [{ directory: __filename }, ["directory"]],
    [{ directory: 5 }, ["directory"]],
    ["large", ["uploads"]],
    [[], ["uploads"]],
  ])("%j has the faults %j", (given, expected) => {
    const { faults } = check(given);
    expect(faults.map((fault) => /uploads(?:\.(\w+))?/.exec(fault)?.[1] ?? "uploads")).toEqual(
      expected,
    );
  });

  test("warns where the contract promises more than the server takes", () => {
    expect(check({ maxFileBytes: 499 }).warned).toEqual([expect.stringContaining("add.scans")]);
    expect(check({ maxFileBytes: 500 }).warned).toEqual([]);
  });

  test("needs no folder where no function takes files", () => {
    expect(check(undefined, { ...contract, functions: [] }).faults).toEqual([]);
  });
});
