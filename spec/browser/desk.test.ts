/**
 * The example in a real Chromium: what a visitor sees after a mutation, and what that cost in requests.
 *
 * Every test has a visitor of its own; the server is shared, so each test works on tickets of its own.
 */
import type { Browser } from "playwright-core";
import { launchChromium } from "../../scripts/chromium.cjs";
import { buildDesk, newVisitor, openDesk, startServer, type DeskServer } from "./desk-page.js";
import { devtoolsSuite } from "./desk-devtools.js";
import { renderedSuite } from "./desk-ssr.js";

jest.setTimeout(60_000);

let browser: Browser;
let server: DeskServer;
const open = (route: string) => openDesk(browser, server.url, route);

beforeAll(async () => {
  buildDesk();
  [browser, server] = await Promise.all([launchChromium(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("a merge reaches every view that shows the value, with the one request of the call", async () => {
  const desk = await open("all/115");
  await desk.signIn("Jun Watanabe");

  await desk.page.getByRole("button", { name: "Display shows E07 after the rain" }).click();
  await desk.page.getByLabel("Subject").fill("Water in the plug of the motor");
  await desk.page.getByLabel("Subject").press("Enter");

  const subject = "Water in the plug of the motor";
  await desk.view("Conversation").getByText(subject).waitFor();
  await desk.view("Tickets").getByText(subject).waitFor();
  expect(await desk.asked()).toEqual(["call rename_ticket"]);

  // The customer's other ticket lists this one: from the merge as well.
  await desk.view("Details").getByRole("link", { name: "Can the motor learn" }).click();
  await desk.view("Details").getByRole("link", { name: subject }).waitFor();
  expect(await desk.asked()).toEqual(["ctx/ticket?ticket_id=106"]);
  await desk.close();
});

test("two views of one context and three that only share a slot change with one request", async () => {
  const desk = await open("all/112");
  await desk.signIn("Tomás Rivera");

  await desk.page.getByTitle("Change your name and note").click();
  await desk.page.getByLabel("Your name").fill("Tomás R. Vega");
  await desk.page.getByRole("button", { name: "Save" }).click();

  await desk.view("Desk").getByText("Tomás R. Vega").waitFor();
  await desk.view("Folders").getByText("Tomás R. Vega").waitFor();
  await desk.view("Conversation").getByText("Tomás R. Vega").waitFor();
  await desk.view("Tickets").getByTitle("Tomás R. Vega").first().waitFor();
  expect(await desk.view("Details").getByTitle("Tomás R. Vega").count()).toBe(1);
  expect(await desk.asked()).toEqual(["call update_me"]);
  await desk.close();
});

test("an invalidation reads again exactly the instances that are stale, in one request", async () => {
  const desk = await open("all/105");
  await desk.signIn("Priya Nair");

  // Seen a moment ago and no longer mounted: it will be stale, and is not read now.
  await desk.view("Tickets").getByText("Invoice 2210").click();
  await desk.view("Conversation").getByText("Osei Florals").waitFor();
  await desk.asked();

  await desk.view("Details").getByRole("button", { name: "Edit" }).click();
  await desk.view("Details").getByLabel("Name").fill("Samuel K. Osei");
  await desk.view("Details").getByRole("button", { name: "Save" }).click();
  await desk.view("Details").getByText("Samuel K. Osei").waitFor();
  await desk.view("Conversation").getByText("Samuel K. Osei").first().waitFor();
  await desk.view("Tickets").getByText("Samuel K. Osei").first().waitFor();
  expect(await desk.asked()).toEqual([
    "call update_customer",
    "ctx/customer?customer_id=5 + ctx/inbox + ctx/ticket?ticket_id=113",
  ]);

  await desk.view("Tickets").getByText("Delivery before the weekend?").click();
  await desk.view("Conversation").getByText("Samuel K. Osei").first().waitFor();
  expect(await desk.asked()).toEqual(["ctx/ticket?ticket_id=105"]);
  await desk.close();
});

test("a merge that a filtered list cannot take over makes that list read again", async () => {
  const desk = await open("open/110");
  await desk.signIn("Ines Halloran");
  await desk.view("Details").getByRole("button", { name: "solved" }).click();
  await desk.view("Tickets").getByText("Cargo box scratches").waitFor({ state: "detached" });
  await desk.view("Details").getByRole("button", { name: "solved", pressed: true }).waitFor();
  expect(await desk.asked()).toEqual(["call set_status", "ctx/global + ctx/inbox?status=open"]);
  await desk.close();
});

test("a list takes a new element, an edited one and a removed one from the answers", async () => {
  const desk = await open("all/104");
  await desk.signIn("Ines Halloran");
  await desk.page.getByLabel("Note among colleagues").check();
  await desk.page.getByRole("textbox", { name: "Note" }).fill("Ask the workshop in Kiel.");
  await desk.page.getByRole("button", { name: "Add note" }).click();
  const note = desk.view("Conversation").locator("article").filter({ hasText: "Kiel" });
  await note.waitFor();
  expect(await desk.asked()).toEqual(["call post_message"]);

  await note.getByRole("button", { name: "Edit" }).click();
  await desk.page.getByRole("textbox", { name: "Message" }).fill("Ask the workshop in Bremen.");
  await desk.page.getByRole("button", { name: "Save" }).click();
  const edited = desk.view("Conversation").locator("article").filter({ hasText: "Bremen" });
  await edited.getByText("edited").waitFor();
  expect(await desk.asked()).toEqual(["call edit_message"]);

  await edited.getByRole("button", { name: "Delete" }).click();
  await edited.waitFor({ state: "detached" });
  expect(await desk.asked()).toEqual(["call delete_message"]);
  await desk.close();
});

test("a handler's own effects: a reply moves the ticket on", async () => {
  const desk = await open("all/106");
  await desk.signIn("Jun Watanabe");
  const openCount = desk.view("Folders").locator('[data-count="open"]');
  const before = Number(await openCount.innerText());
  await desk.page
    .getByRole("textbox", { name: "Reply" })
    .fill("There is: hold M for three seconds.");
  await desk.page.getByRole("button", { name: "Send reply" }).click();
  await desk.view("Details").getByRole("button", { name: "waiting", pressed: true }).waitFor();
  await openCount.getByText(String(before - 1), { exact: true }).waitFor();
  expect(await desk.asked()).toEqual([
    "call post_message",
    "ctx/customer?customer_id=1 + ctx/global + ctx/inbox",
  ]);
  await desk.close();
});

test("errors are shown where they belong, and cost nothing further", async () => {
  const guest = await open("all/111");
  await guest.view("Details").getByRole("button", { name: "solved" }).click();
  await guest.view("Details").getByRole("alert").filter({ hasText: "Guests only look" }).waitFor();
  expect(await guest.asked()).toEqual(["call set_status"]);
  await guest.close();

  const desk = await open("all/111");
  await desk.signIn("Priya Nair");
  // A declared error with its details, whose handler also said what is stale.
  await desk.view("Details").getByRole("button", { name: "Take it" }).click();
  await desk.view("Details").getByText("Jun Watanabe already has this one.").waitFor();
  expect(await desk.asked()).toEqual(["call take_ticket", "ctx/ticket?ticket_id=111"]);

  // The server's word on the input, beside the field.
  await desk.page.getByRole("button", { name: "How cold may the battery get?" }).click();
  await desk.page.getByLabel("Subject").fill("x");
  await desk.page.getByLabel("Subject").press("Enter");
  await desk.view("Conversation").getByRole("alert").waitFor();
  await desk.view("Conversation").getByText("How cold may the battery get?").waitFor();
  expect(await desk.asked()).toEqual(["call rename_ticket"]);

  // Nothing there.
  await desk.page.goto(`${server.url}all/99999`);
  await desk.view("Conversation").getByText("This ticket does not exist any more").waitFor();
  await desk.close();
});

test("a slow older answer never overwrites a newer one", async () => {
  const desk = await open("all/109");
  await desk.signIn("Tomás");
  const row = desk.view("Tickets").locator('[data-ticket="109"]');

  // Everything that this row has ever shown.
  await desk.page.evaluate(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    new MutationObserver(() => {
      const text = document.querySelector('[data-ticket="109"] strong')?.textContent ?? "";
      if (shown.at(-1) !== text) shown.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

  // The handler has read the old subject; its answer is on a slow way.
  server.hold("/ctx/");
  await desk.page.getByLabel("Search tickets").fill("torque");
  await server.held();

  await desk.page.getByRole("button", { name: "Torque for the rear axle, model 3" }).click();
  await desk.page.getByLabel("Subject").fill("Torque: 50 Nm, dry thread");
  await desk.page.getByLabel("Subject").press("Enter");
  await row.getByText("Torque: 50 Nm, dry thread").waitFor();

  server.release();
  await desk.asked();
  expect(await row.locator("strong").innerText()).toBe("Torque: 50 Nm, dry thread");
  const shown = await desk.page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  const firstNew = shown.indexOf("Torque: 50 Nm, dry thread");
  expect(shown.slice(firstNew)).not.toContain("Torque for the rear axle, model 3");
  await desk.close();
});

test("signing in and out drops what the last person saw and reads every mounted instance once", async () => {
  const desk = await open("all");
  const mounted = "ctx/global + ctx/inbox";
  await desk.page.getByRole("button", { name: "Sign in as Mara Okafor" }).click();
  await desk.page.getByRole("button", { name: "Sign out" }).waitFor();
  expect(await desk.asked()).toEqual(["call sign_in", mounted]);

  await desk.page.getByRole("button", { name: "Sign out" }).click();
  await desk.page.getByRole("button", { name: "Sign in as Mara Okafor" }).waitFor();
  expect(await desk.asked()).toEqual(["call sign_out", mounted]);
  await desk.close();
});

test("what only one person may do is gone with their session", async () => {
  const desk = await open("all/108");
  await desk.signIn("Tomás");
  const note = desk.view("Conversation").locator("article").filter({ hasText: "cobblestone" });
  await note.getByRole("button", { name: "Edit" }).waitFor({ state: "attached" });
  await desk.page.getByRole("button", { name: "Sign out" }).click();
  await desk.page.getByRole("button", { name: "Sign in as Mara Okafor" }).waitFor();
  await note.waitFor();
  expect(await note.getByRole("button", { name: "Edit" }).count()).toBe(0);
  await desk.close();
});

test("what is chosen is shown before the server has answered, and taken back where it refuses", async () => {
  const desk = await open("all/114");
  const details = desk.view("Details");
  const before = await details
    .locator("fieldset")
    .nth(1)
    .locator('[aria-pressed="true"]')
    .innerText();
  const choice = before === "urgent" ? "low" : "urgent";
  server.hold("/call/");
  await details.getByRole("button", { name: choice }).click();
  await server.held();
  await details.getByRole("button", { name: choice, pressed: true }).waitFor();
  server.release();
  await details.getByRole("alert").filter({ hasText: "Guests only look" }).waitFor();
  await details.getByRole("button", { name: before, pressed: true }).waitFor();
  await desk.asked();

  await desk.signIn("Jun Watanabe");
  server.hold("/call/");
  await details.getByRole("button", { name: choice }).click();
  await server.held();
  await details.getByRole("button", { name: choice, pressed: true }).waitFor();
  server.release();
  expect(await desk.asked()).toEqual(["call set_priority", "ctx/global"]);
  await details.getByRole("button", { name: choice, pressed: true }).waitFor();
  await desk.close();
});

test("another tab of the browser shows what was changed here", async () => {
  const desk = await open("all/110");
  await desk.signIn("Priya Nair");
  const other = await desk.page.context().newPage();
  await other.goto(`${server.url}all/110`);
  const title = other.locator('[data-ticket="110"] strong');
  await title.waitFor();
  const before = await title.innerText();
  await desk.view("Conversation").getByRole("button", { name: before }).click();
  await desk.page.getByLabel("Subject").fill("Renamed in the first tab");
  await desk.page.getByLabel("Subject").press("Enter");
  await title.getByText("Renamed in the first tab").waitFor();
  // Signing out is another user in every tab.
  await desk.page.getByRole("button", { name: "Sign out" }).click();
  await other.getByRole("button", { name: "Sign in as Priya Nair" }).waitFor();
  await desk.close();
});

test("a machine without a network shows what its own server answers", async () => {
  const desk = await newVisitor(browser);
  // As Chromium says where there is nothing but the loopback.
  await desk.page.addInitScript(() =>
    Object.defineProperty(navigator, "onLine", { get: () => false }),
  );
  await desk.visit(`${server.url}all/113`);
  await desk.signIn("Priya Nair");
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

describe("the devtools", () => devtoolsSuite(() => ({ browser, server })));
describe("rendered on the server", () => renderedSuite(() => browser));
