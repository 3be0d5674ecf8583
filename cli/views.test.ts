/** Handlers of views on the disk: created once, never touched again, missed when their view is gone. */
import type { Installation } from "./installation.js";
import { main } from "./main.js";
import { memoryHost, type MemoryHost } from "./testing/memory-host.js";

const installation: Installation = { version: "1", build: "test", pages: "/p", starter: "/s" };

/** Generates, with the contract that is given, in the same project as before. */
async function gen(
  contract: string,
  before?: MemoryHost,
): Promise<{ host: MemoryHost; code: number; err: string }> {
  const files = {
    ...(before?.snapshot() ?? {}),
    "/project/.git/HEAD": "",
    "/project/mizan.config.kdl": 'server "server" { handlers "handlers" }\nformat "none"\n',
    "/project/contract/a.kdl": contract,
  };
  const host = memoryHost({ files });
  const code = await main(["gen"], host, installation);
  return { host, code, err: host.stderr() };
}

const page = 'view profile_page id=integer { route "/profile/:id/" }\n';
const path = "/project/handlers/profile-page.ts";

test("a view gets a handler, which is the team's own from then on", async () => {
  const first = await gen(page);
  expect(first.code).toBe(0);
  expect(first.host.snapshot()[path]).toContain("export const profilePage: ProfilePageHandler");
  const own = memoryHost({
    files: { ...first.host.snapshot(), [path]: "export const mine = 1;\n" },
  });
  const again = await gen(page.replace("id=integer", "id=integer tab=string?"), own);
  expect(again.code).toBe(0);
  expect(again.host.snapshot()[path]).toBe("export const mine = 1;\n");
  expect(again.host.snapshot()["/project/server/types.ts"]).toContain("tab: string | null");
});

test("a handler whose view is gone stays, is listed, and told of its new name", async () => {
  const { host } = await gen(page);
  const gone = await gen("function ping -> boolean\n", host);
  expect(gone.host.snapshot()[path]).toBe(host.snapshot()[path]);
  expect(gone.err).toContain(
    "MZ6007]: the handler handlers/profile-page.ts has no function or view any more",
  );
  const renamed = await gen(page.replace("profile_page", "profiles_page"), host);
  expect(renamed.err).toContain("handlers/profiles-page.ts");
  expect(renamed.host.snapshot()["/project/handlers/profiles-page.ts"]).toContain("profilesPage");
});

test("a function that becomes a view keeps its handler, and the other way round", async () => {
  const fn = "function profile_page id=integer -> boolean\n";
  const { host } = await gen(fn);
  const view = await gen(page, host);
  expect(view.host.snapshot()[path]).toBe(host.snapshot()[path]);
  expect(view.err).not.toContain("MZ6007");
  expect((await gen(fn, view.host)).err).not.toContain("MZ6007");
});

test.each([
  ["a function and a view of one name", `${page}function profile_page -> boolean\n`, "MZ2050"],
  [
    "two paths that differ by case alone",
    `${page}function "Profile_Page" { camel "Profile_Page"; has-input #false; output "x"; transport "http" }\ntype "x" { struct { field "result" { primitive "string" } } }\n`,
    "MZ2052",
  ],
  ["two names of one constant", `${page}function profile.page -> boolean\n`, "MZ2050"],
])("%s is refused before anything is written", async (_what, contract, code) => {
  const refused = await gen(contract);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(code);
  expect(Object.keys(refused.host.snapshot()).filter((file) => file.includes("handlers/"))).toEqual(
    [],
  );
});
