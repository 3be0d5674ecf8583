/**
 * Takes the picture of the README: `node spec/browser/picture.mjs` after `npm run build` and `npm run build`
 * in examples/desk. Five views just after one merge, with the strip that says what it cost.
 */
import { fileURLToPath } from "node:url";
import { startDesk } from "../../examples/desk/dist/server/desk.js";
import { launchChromium } from "../../scripts/chromium.cjs";

const target = fileURLToPath(new URL("../images/desk.png", import.meta.url));
const desk = await startDesk({ port: 0, database: null });
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1380, height: 860 } });
const view = (name) => page.getByRole("region", { name, exact: true });
await page.goto(`${desk.url}all/115`);
// The glow fades within a second or two: here it stands still at its beginning.
await page.addStyleTag({ content: ".view .glow { animation-play-state: paused }" });
await page.getByRole("button", { name: "Sign in as Jun Watanabe" }).click();
await page.getByRole("button", { name: "Sign out" }).waitFor();

await view("Details").getByRole("button", { name: "waiting" }).click();
await view("Details").getByRole("button", { name: "waiting", pressed: true }).waitFor();
await page.getByRole("button", { name: "Display shows E07 after the rain" }).click();
await page.getByLabel("Subject").fill("Water in the motor plug after rain");
await page.getByLabel("Subject").press("Enter");
await view("Tickets").getByText("Water in the motor plug").waitFor();

await page.getByTitle("Change your name and note").click();
await page.getByLabel("Your name").fill("Jun Watanabe-Brandt");
await page.getByLabel("Note for colleagues").fill("Waiting for seals from Kyoto");
await page.getByRole("button", { name: "Save" }).click();
await view("Conversation").getByText("Jun Watanabe-Brandt").first().waitFor();
await page.mouse.move(700, 300);
await page.waitForTimeout(500);
await page.screenshot({ path: target });

await browser.close();
await desk.close();
