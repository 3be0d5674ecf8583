/**
 * The devtools on the example, in a real Chromium: why each read happened, what a context holds, and that the panel
 * and the page leave each other alone. The page is the one that is shown while somebody works on it; a built one has
 * no devtools.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { newVisitor, type DeskPage, type DeskServer } from "./desk-page.js";

const desk = join(__dirname, "../../examples/desk");

export function devtoolsSuite(get: () => { browser: Browser; server: DeskServer }): void {
  /** The page in development. */
  let folder = "";
  let visitor: DeskPage;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mizan-desk-"));
    const args = ["--no-install", "vite", "build", "--mode", "development", "--outDir", folder];
    const env = { ...process.env, NODE_ENV: "development" };
    const built = spawnSync("npx", args, { cwd: desk, encoding: "utf8", env });
    if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => visitor?.close());

  /** Opens the page in development, and the panel on it. */
  async function open(route: string, name: string): Promise<DeskPage> {
    const { browser, server } = get();
    visitor = await newVisitor(browser);
    await visitor.page.context().route(
      (url) => !url.pathname.startsWith("/api/"),
      (request) => {
        const file = join(folder, new URL(request.request().url()).pathname);
        return request.fulfill({
          path: file.includes("assets") && existsSync(file) ? file : join(folder, "index.html"),
        });
      },
    );
    await visitor.visit(`${server.url}${route}`);
    await visitor.signIn(name);
    await visitor.page.getByRole("button", { name: "Open the Mizan devtools" }).click();
    return visitor;
  }
  const region = (name: string): Locator =>
    visitor.page.locator("#mizan-devtools").getByRole("region", { name, exact: true });
  /** The rows of the timeline that say this. */
  const told = (text: string | RegExp): Locator =>
    region("Timeline").getByRole("button").filter({ hasText: text });

  test("a rename is told with what its answer merged, and costs no request more", async () => {
    const { page, view, asked } = await open("all/114", "Ines Halloran");
    await page.getByRole("button", { name: "Left brake lever goes all the way in" }).click();
    await page.getByLabel("Subject").fill("Both brake levers go all the way in");
    await page.getByLabel("Subject").press("Enter");
    await view("Tickets").getByText("Both brake levers").waitFor();
    expect(await asked()).toEqual(["call rename_ticket"]);

    const rows = region("Contexts").getByRole("button");
    await rows.filter({ hasText: "ticket {ticket_id: 114}" }).waitFor();
    expect(await rows.filter({ hasText: "fresh" }).count()).toBe(4);
    await told("rename_ticket").filter({ hasText: "3 merged" }).click();
    await region("Details")
      .getByText("merged into ticket_detail of ticket {ticket_id: 114}")
      .click();
    await region("Details").getByText('"Both brake levers go all the way in"').waitFor();
    // The slot that came with the answer is the one that changed last.
    await region("Details")
      .locator(".slot.recent")
      .filter({ hasText: "ticket_detail" })
      .getByText("changed")
      .waitFor();
  });

  test("each read says which call, which effect and which rule made it necessary", async () => {
    const { view, asked } = await open("open/108", "Ines Halloran");
    await view("Details").getByRole("button", { name: "solved" }).click();
    await view("Details").getByRole("button", { name: "solved", pressed: true }).waitFor();
    expect(await asked()).toEqual(["call set_status", "ctx/global + ctx/inbox?status=open"]);

    await told(/because call #\d+ set_status answered invalidate function desk_counts/).waitFor();
    const refused = told(
      /answered merge inbox\.inbox_tickets .*refused: its params leave open for which status/,
    );
    await refused.click();
    await region("Details").getByText("What came of it").waitFor();
    await region("Details").getByText("inbox_tickets").last().waitFor();
    await region("Details").getByRole("button", { name: "Show the call" }).click();
    await region("Details").getByText("What was read because of it").waitFor();
    expect(await region("Details").getByText("refused").first().isVisible()).toBe(true);
  });

  test("a read that an effect overtook is told as dropped, and its successor why", async () => {
    const { page, view } = await open("all/107", "Priya Nair");
    const { server } = get();
    await region("Contexts")
      .getByRole("button")
      .filter({ hasText: /^inbox/ })
      .click();
    server.hold("/ctx/");
    await region("Details").getByRole("button", { name: "Refetch", exact: true }).click();
    await server.held();
    await view("Details").getByRole("button", { name: "waiting" }).click();
    await view("Details").getByRole("button", { name: "waiting", pressed: true }).waitFor();
    server.release();
    await told("overtaken").click();
    await region("Details")
      .getByText(/overtaken by call #\d+ set_status/)
      .waitFor();
    await told(/the read under way had begun before that \(rule 2\)/).waitFor();
    expect(page.isClosed()).toBe(false);
  });

  test("what another tab did is told as that", async () => {
    const { page } = await open("all/110", "Jun Watanabe");
    const other = await page.context().newPage();
    await other.goto(page.url());
    const details = other.getByRole("region", { name: "Details", exact: true });
    await details.getByRole("button", { name: "urgent" }).click();
    await details.getByRole("button", { name: "urgent", pressed: true }).waitFor();
    await page.bringToFront();
    await told(
      /because another tab or a socket said merge .*effects of others only invalidate \(rule 7\)/,
    )
      .first()
      .waitFor();
    await told("effects of others").filter({ hasText: "3 refused" }).click();
    await region("Details").getByText("What was read because of it").waitFor();
  });

  test("what somebody wrote is text in it, whatever it looks like", async () => {
    const { page, view } = await open("all/112", "Mara Okafor");
    const nasty = `<img src=x onerror="hacked=1"><b>bold</b>`;
    await view("Conversation").getByRole("heading", { level: 1 }).getByRole("button").click();
    await page.getByLabel("Subject").fill(nasty);
    await page.getByLabel("Subject").press("Enter");
    await view("Tickets").getByText(nasty).waitFor();
    await region("Contexts")
      .getByRole("button")
      .filter({ hasText: /^ticket \{ticket_id: 112/ })
      .click();
    await region("Details").getByText(JSON.stringify(nasty)).waitFor();
    const inPanel = page.locator("#mizan-devtools");
    expect(await inPanel.locator("img, b, script").count()).toBe(0);
    expect(await page.evaluate(() => "hacked" in globalThis)).toBe(false);
  });

  test("styles stay where they belong, and the colours follow the system", async () => {
    const { page, view } = await open("all/113", "Mara Okafor");
    const look = (locator: Locator) =>
      locator.evaluate((element) => {
        const { fontSize, color, backgroundColor, padding } = getComputedStyle(element);
        return { fontSize, color, backgroundColor, padding };
      });
    const drawer = region("Mizan devtools");
    const clear = page.getByRole("button", { name: "Clear" });
    const search = view("Tickets").getByLabel("Search tickets");
    const [before, ofPage] = [await look(clear), await look(search)];
    await page.addStyleTag({
      content: "* { font-size: 31px !important; color: red !important; padding: 9px !important }",
    });
    expect(await look(clear)).toEqual(before);
    await page.getByRole("button", { name: "Close the devtools" }).click();
    await page.evaluate(() => document.querySelector("style:last-of-type")?.remove());
    expect(await look(search)).toEqual(ofPage);

    await page.getByRole("button", { name: "Open the Mizan devtools" }).click();
    const light = (await look(drawer)).backgroundColor;
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = (await look(drawer)).backgroundColor;
    expect([light, dark]).toEqual(["rgb(255, 255, 255)", "rgb(23, 22, 31)"]);
  });

  test("it can be used by keys alone, and they are none of the page's", async () => {
    const { page } = await open("all/113", "Mara Okafor");
    await page.evaluate(() => {
      const keys: string[] = [];
      Object.assign(window, { keys });
      document.addEventListener("keydown", ({ key }) => keys.push(key));
    });
    await region("Mizan devtools").getByLabel("Filter contexts").focus();
    await page.keyboard.type("ticket");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await region("Details").getByRole("button", { name: "Refetch", exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await region("Details").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await region("Mizan devtools").waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await region("Mizan devtools").waitFor();
    // The focus is in it again: the edge is the first that Tab comes to, and Escape closes.
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Escape");
    await region("Mizan devtools").waitFor({ state: "detached" });
    expect(await page.evaluate(() => localStorage.getItem("mizan-devtools"))).toBe(
      '{"isOpen":false,"height":404}',
    );
    expect(await page.evaluate(() => Reflect.get(window, "keys"))).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  });

  test("a page that is built for visitors holds none of it", () => {
    const scripts = (from: string): string =>
      readdirSync(join(from, "assets"))
        .filter((name) => name.endsWith(".js"))
        .map((name) => readFileSync(join(from, "assets", name), "utf8"))
        .join("\n");
    for (const trace of ["mizan-devtools", "overtaken by", "Mark stale"]) {
      expect(scripts(folder).includes(trace)).toBe(true);
      expect(scripts(join(desk, "dist/page")).includes(trace)).toBe(false);
    }
  });
}
