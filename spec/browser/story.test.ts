/**
 * The server in memory in a real browser, by the package as it is published: what a story or another page gets
 * of it has nothing of Node.
 */
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../scripts/chromium.cjs";

const root = join(__dirname, "../..");
let folder = "";
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mizan-story-"));
  const installed = join(folder, "node_modules/@mizan/runtime");
  mkdirSync(installed, { recursive: true });
  copyFileSync(join(root, "runtime/package.json"), join(installed, "package.json"));
  const args = ["scripts/build.mjs", "--runtime", join(installed, "dist")];
  execFileSync("node", args, { cwd: root, stdio: "pipe" });
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, "story.tsx")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    nodePaths: [join(folder, "node_modules"), join(root, "node_modules")],
    tsconfigRaw: {},
    // Not what the workspace links to, but what was built.
    plugins: [
      {
        name: "as-published",
        setup: (context) =>
          context.onResolve({ filter: /^@mizan\/runtime/ }, ({ path, pluginData, kind }) =>
            pluginData === "found"
              ? null
              : context.resolve(path, { resolveDir: folder, kind, pluginData: "found" }),
          ),
      },
    ],
  });
  browser = await launchChromium();
  page = await browser.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.setContent("<!doctype html><title>Story</title>");
  await page.addScriptTag({ type: "module", content: outputFiles[0]?.text ?? "" });
  await page.getByRole("heading").waitFor();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const inPage = (text: string): Promise<unknown> => page.evaluate(text);

test("a component shows what fakes answer, whatever is written there", async () => {
  expect(await page.getByRole("heading").textContent()).toBe("Ada Ä 漢 😀");
  expect(await page.getByText("2 orders").count()).toBe(1);
});

test("a call and its merge", async () => {
  await page.getByLabel("Name").fill("Grace ☕");
  await page.getByRole("button").click();
  await page.getByRole("heading", { name: "Grace ☕" }).waitFor();
  expect(await inPage("server.calls")).toEqual([
    { fn: "renameUser", input: { user_id: 5, name: "Grace ☕" } },
  ]);
});

test("what a fake throws, and what is no input, are the errors of production", async () => {
  await page.getByLabel("Name").fill("");
  await page.getByRole("button").click();
  expect(await page.getByRole("alert").textContent()).not.toContain("nobody is called so");
  expect(await inPage(`ask("/ctx/user/?user_id=x")`)).toEqual([
    422,
    expect.stringContaining("VALIDATION_ERROR"),
  ]);
  const broken = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "\ud800{",
  };
  expect(await inPage(`ask("/call/", ${JSON.stringify(broken)})`)).toEqual([
    400,
    expect.stringContaining("BAD_REQUEST"),
  ]);
});

test("sessions, bundles and lines of the wire protocol", async () => {
  expect(await inPage(`ask("/session/")`)).toEqual([200, expect.stringContaining("csrfToken")]);
  const bundle = await inPage(`ask("/ctx/user/?user_id=5")`);
  const lines = await inPage(
    `ask("/ctx/user/?user_id=5", { headers: { Accept: "application/x-ndjson" } })`,
  );
  expect(bundle).toEqual([200, expect.stringContaining("漢")]);
  expect(lines).toEqual([200, expect.stringMatching(/"slot".*\n.*"slot".*\n/)]);
  expect(faults).toEqual([]);
});
