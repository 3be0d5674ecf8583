/**
 * Takes the picture of the devtools for the README: `node spec/browser/picture-devtools.mjs` after `npm run build` and
 * `npm run build` in examples/desk. A rename and a change of status, and why two contexts were read after it.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startDesk } from "../../examples/desk/dist/server/desk.js";
import { launchChromium } from "../../scripts/chromium.cjs";

const target = fileURLToPath(new URL("../images/devtools.png", import.meta.url));
const root = fileURLToPath(new URL("../../examples/desk/", import.meta.url));

// The page as it is while somebody works on it: the built one has no devtools.
process.env.NODE_ENV = "development";
const { build } = await import("vite");
const folder = mkdtempSync(join(tmpdir(), "mizan-desk-"));
process.chdir(root);
await build({ root, mode: "development", logLevel: "warn", build: { outDir: folder } });

const desk = await startDesk({ port: 0, database: null });
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1280, height: 660 } });
await page.route(
  (url) => !url.pathname.startsWith("/api/"),
  (route) => {
    const file = join(folder, new URL(route.request().url()).pathname);
    const isFile = file.includes("assets") && existsSync(file);
    return route.fulfill({ path: isFile ? file : join(folder, "index.html") });
  },
);
const view = (name) => page.getByRole("region", { name, exact: true });

await page.goto(`${desk.url}open/115`);
await page.getByRole("button", { name: "Sign in as Jun Watanabe" }).click();
await page.getByRole("button", { name: "Sign out" }).waitFor();
await page.getByRole("button", { name: "Open the Mizan devtools" }).click();
const edge = page.getByRole("separator", { name: "Height of the devtools" });
for (let times = 0; times < 2; times++) await edge.press("ArrowUp");
// Pauses end a burst.
await page.waitForTimeout(800);
await page.getByRole("button", { name: "Display shows E07 after the rain" }).click();
await page.getByLabel("Subject").fill("Water in the motor plug after rain");
await page.getByLabel("Subject").press("Enter");
await view("Conversation").getByRole("button", { name: "Water in the motor plug" }).waitFor();
await page.waitForTimeout(800);
await view("Details").getByRole("button", { name: "waiting" }).click();
await view("Details").getByRole("button", { name: "waiting", pressed: true }).waitFor();
await page.waitForTimeout(600);
await view("Timeline").getByRole("button").filter({ hasText: "set_status #" }).click();
await page.mouse.move(700, 200);
await page.waitForTimeout(2500);
await page.screenshot({ path: target });

await browser.close();
await desk.close();
rmSync(folder, { recursive: true, force: true });
