import type { Installation } from "../installation.js";
import { main } from "../main.js";
import { memoryHost, type MemoryHost, type MemoryHostOptions } from "../testing/memory-host.js";

const installation: Installation = { version: "1", build: "test", pages: "/p", starter: "/s" };
const contract = `context user { function user_profile user_id=integer -> string }
view profile_page user_id=integer { route "/profile/<int:user_id>/"; context user }
channel chat { server text=string }
`;

type Answer = { code: number; out: string; err: string; host: MemoryHost };
async function run(argv: readonly string[], options: MemoryHostOptions = {}): Promise<Answer> {
  const files = {
    "/project/.git/HEAD": "",
    "/project/mizan.config.kdl": 'server "server"\n',
    "/project/contract/user.kdl": contract,
    ...options.files,
  };
  const host = memoryHost({ ...options, files });
  const code = await main(["export", ...argv], host, installation);
  return { code, out: host.stdout(), err: host.stderr(), host };
}

const namesIn = (text: string): unknown =>
  JSON.parse(text).contexts.map((context: { name: string }) => context.name);

test("the configured contract, on stdout; what cannot be generated yet is no obstacle", async () => {
  const { code, out, err } = await run(["manifest"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.endsWith("}\n")).toBe(true);
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    contract: expect.stringMatching(/^[0-9a-f]{64}$/),
    wire: expect.stringMatching(/^[0-9a-f]{16}$/),
    contexts: [{ name: "user", views: [{ route: "/profile/:user_id/" }] }],
  });
});

test("a folder, a file, or standard input", async () => {
  const { out } = await run(["manifest"]);
  expect((await run(["manifest", "contract"])).out).toBe(out);
  expect((await run(["manifest", "contract/user.kdl"])).out).toBe(out);
  const input = "context other { function a -> string }";
  const piped = await run(["manifest", "-"], { input });
  expect(namesIn(piped.out)).toEqual(["other"]);
});

test("--output writes a file, in a folder that is made for it, and only when it changes", async () => {
  const { out } = await run(["manifest"]);
  const first = await run(["manifest", "-o", "dist/edge.json"]);
  expect(first).toMatchObject({ code: 0, out: "", err: "" });
  expect(first.host.snapshot()["/project/dist/edge.json"]).toBe(out);
  const { modified } = first.host.files.look("/project/dist/edge.json") ?? {};
  await main(["export", "manifest", "-o", "dist/edge.json"], first.host, installation);
  expect(first.host.files.look("/project/dist/edge.json")?.modified).toBe(modified);
  expect(Object.keys(first.host.snapshot()).filter((path) => path.includes(".new"))).toEqual([]);

  const old = { "/project/edge.json": "old" };
  const replaced = await run(["manifest", "--output", "edge.json"], { files: old });
  expect(replaced.host.snapshot()["/project/edge.json"]).toBe(out);
  expect((await run(["manifest", "-o", "-"])).out).toBe(out);
});

test.each<[string, readonly string[], MemoryHostOptions, number, RegExp]>([
  ["no form", [], {}, 2, /missing required argument/],
  ["an unknown form", ["openpai"], {}, 2, /manifest/],
  ["too many arguments", ["manifest", "a", "b"], {}, 2, /too many arguments/],
  ["an empty output", ["manifest", "-o", ""], {}, 2, /--output needs a value/],
  ["a contract that is not there", ["manifest", "nowhere"], {}, 2, /MZ70/],
  [
    "a contract with faults",
    ["manifest"],
    { files: { "/project/contract/user.kdl": "function a -> Nothing" } },
    1,
    /MZ3001/,
  ],
  [
    "a file of the contract as output",
    ["manifest", "-o", "contract/user.kdl"],
    {},
    2,
    /is a file of the contract/,
  ],
  ["a folder as output", ["manifest", "-o", "contract"], {}, 1, /MZ6005.*it is a folder/],
  ["a file as a folder", ["manifest", "-o", "mizan.config.kdl/x"], {}, 1, /MZ6005/],
])("%s", async (_what, argv, options, code, message) => {
  const answer = await run(argv, options);
  expect({ code: answer.code, out: answer.out }).toEqual({ code, out: "" });
  expect(answer.err).toMatch(message);
  expect(answer.host.snapshot()["/project/mizan.config.kdl"]).toBe('server "server"\n');
});

test("--help has examples", async () => {
  const { code, out } = await run(["--help"]);
  expect(code).toBe(0);
  expect(out).toContain("$ mizan export manifest contract -o dist/edge.json");
});
