/**
 * The example rendered on its server, in a real Chromium: what is there without scripts, what is asked for with them,
 * and whose data a page holds.
 */
import type { Browser, BrowserContext } from "playwright-core";
import { newVisitor, startServer, type DeskServer } from "./desk-page.js";

export function renderedSuite(getBrowser: () => Browser): void {
  let browser: Browser;
  /** Sends whole pages, however long they take. */
  let whole: DeskServer;
  /** Sends what there is, at once. */
  let hasty: DeskServer;

  beforeAll(async () => {
    browser = getBrowser();
    [whole, hasty] = await Promise.all([startServer(60_000), startServer(0)]);
  });
  afterAll(() => Promise.all([whole?.close(), hasty?.close()]));

  describe("without scripts", () => {
    let context: BrowserContext;
    beforeEach(async () => {
      context = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 1440, height: 900 },
      });
    });
    afterEach(() => context.close());

    test("everything can be read, and links lead on", async () => {
      const page = await context.newPage();
      const view = (name: string) => page.getByRole("region", { name, exact: true });
      await page.goto(`${whole.url}open/115`);
      await view("Tickets").getByText("Display shows E07 after the rain").waitFor();
      await view("Conversation").getByRole("heading", { level: 1 }).getByText("E07").waitFor();
      expect(await view("Conversation").locator("article").count()).toBeGreaterThan(0);
      await view("Details").getByText("Customer since").waitFor();
      expect(await view("Folders").locator('[data-count="open"]').innerText()).not.toBe("");
      expect(await page.getByText("Loading …").count()).toBe(0);

      await view("Folders").getByRole("link", { name: "All tickets" }).click();
      await view("Tickets").getByText("Invoice 2210").click();
      await view("Conversation")
        .getByRole("heading", { level: 1 })
        .getByText("Invoice 2210")
        .waitFor();
    });

    test("who comes without an address sees the newest ticket, who asks for none that exists a 404", async () => {
      const page = await context.newPage();
      await page.goto(whole.url);
      expect(new URL(page.url()).pathname).toMatch(/^\/all\/\d+$/);
      expect((await page.goto(`${whole.url}all/99999`))?.status()).toBe(404);
      expect((await page.goto(`${whole.url}nowhere`))?.status()).toBe(404);
    });
  });

  test("a hydrated page asks for nothing until something changes, and then for what did", async () => {
    const desk = await newVisitor(browser);
    await desk.visit(`${whole.url}all/115`);
    await desk.page.getByRole("button", { name: "Sign in as Jun Watanabe" }).waitFor();
    expect(await desk.asked()).toEqual([]);
    // The page's own words for a moment, which the server cannot know: it is hydrated.
    await desk
      .view("Tickets")
      .getByText(/ago|yesterday/)
      .first()
      .waitFor();

    await desk.signIn("Jun Watanabe");
    await desk.page.reload();
    await desk.page.getByRole("button", { name: "Sign out" }).waitFor();
    expect(await desk.asked()).toEqual([]);
    await desk.page.getByRole("button", { name: "Display shows E07 after the rain" }).click();
    await desk.page.getByLabel("Subject").fill("Water in the plug of the motor");
    await desk.page.getByLabel("Subject").press("Enter");
    const subject = "Water in the plug of the motor";
    await desk.view("Conversation").getByText(subject).waitFor();
    await desk.view("Tickets").getByText(subject).waitFor();
    expect(await desk.asked()).toEqual(["call rename_ticket"]);
    await desk.view("Details").getByRole("button", { name: "waiting" }).click();
    await desk.view("Details").getByRole("button", { name: "waiting", pressed: true }).waitFor();
    expect(await desk.asked()).toEqual(["call set_status", "ctx/global"]);

    // Another ticket is read by the page, and no page is loaded for it.
    await desk.view("Tickets").getByText("Invoice 2210").click();
    await desk.view("Conversation").getByText("Osei Florals").waitFor();
    expect(await desk.asked()).toContain("ctx/ticket?ticket_id=113");
    await desk.page.goBack();
    await desk.view("Conversation").getByText(subject).waitFor();
    expect(await desk.asked()).toEqual([]);
    expect(desk.complaints).toEqual([]);
    await desk.close();
  });

  test("a part that takes long follows, with its data, and nothing is asked for twice", async () => {
    const desk = await newVisitor(browser);
    hasty.hold("customer");
    const arrived = desk.visit(`${hasty.url}all/115`);
    await hasty.held();
    await desk.view("Conversation").getByRole("heading", { level: 1 }).waitFor();
    await desk.view("Details").getByText("Loading …").waitFor();
    // What is there is alive already.
    await desk
      .view("Tickets")
      .getByText(/ago|yesterday/)
      .first()
      .waitFor();
    expect(await desk.view("Details").getByText("Customer since").count()).toBe(0);
    hasty.release();
    await arrived;
    await desk.view("Details").getByText("Customer since").waitFor();
    await desk.view("Details").getByRole("button", { name: "Edit" }).click();
    await desk.view("Details").getByLabel("Name").waitFor();
    expect(await desk.asked()).toEqual([]);
    expect(desk.complaints).toEqual([]);
    await desk.close();
  });

  test("what fails on the server is read by the browser: a part, or the page as a whole", async () => {
    const desk = await newVisitor(browser);
    whole.refuse("inbox");
    await desk.visit(`${whole.url}all/115`);
    await desk.view("Conversation").getByRole("heading", { level: 1 }).waitFor();
    expect(await desk.asked()).toEqual(["ctx/inbox"]);

    whole.refuse("global");
    await desk.visit(`${whole.url}all/115`);
    await desk.page.getByRole("button", { name: "Sign in as Jun Watanabe" }).waitFor();
    expect((await desk.asked()).join(" + ")).toMatch(/ctx\/global.* \+ ctx\/inbox/);
    await desk.close();
  });

  test("a visitor who leaves in the middle of a page disturbs nobody", async () => {
    const gone = new AbortController();
    hasty.hold("customer");
    const answer = await fetch(`${hasty.url}all/115`, { signal: gone.signal });
    await hasty.held();
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    gone.abort();
    await expect(reader?.read()).rejects.toThrow();
    hasty.release();
    const next = await fetch(`${hasty.url}all/115`);
    expect(await next.text()).toContain("Customer since");
  });

  test("pages of several people, rendered in each other's midst, hold their own data alone", async () => {
    const people = [1, 2, 3, 4, 5];
    const cookies = await Promise.all(people.map((id) => signIn(whole.url, id)));
    const rounds = [...people, 0, ...people, 0, ...people];
    const pages = await Promise.all(
      rounds.map(async (id) => {
        const Cookie = cookies[id - 1] ?? "";
        const answer = await fetch(`${whole.url}all/115`, { headers: { Cookie } });
        expect(answer.headers.get("Cache-Control")).toMatch(/private/);
        return answer.text();
      }),
    );
    for (const [index, html] of pages.entries()) {
      expect(peopleOf(html)).toEqual([rounds[index] || null]);
      expect(html.includes("Sign out")).toBe(rounds[index] !== 0);
      for (const cookie of cookies) expect(html).not.toContain(cookie.split("=")[1]);
    }

    const seen = await Promise.all(
      [1, 2].map(async (id) => {
        const [name = "", value = ""] = (cookies[id - 1] ?? "").split("=");
        const desk = await newVisitor(browser);
        await desk.page.context().addCookies([{ name, value, url: whole.url }]);
        await desk.visit(`${whole.url}all/115`);
        const me = await desk.view("Desk").locator(".myself-button strong").innerText();
        expect(await desk.asked()).toEqual([]);
        await desk.close();
        return me;
      }),
    );
    expect(new Set(seen).size).toBe(2);
  });
}

/** Signs in as somebody, by the API that the page uses; answers the cookie. */
async function signIn(url: string, person_id: number): Promise<string> {
  const session = await fetch(`${url}api/mizan/session/`);
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const cookies = session.headers.getSetCookie().map((line) => line.split(";")[0]);
  const answer = await fetch(`${url}api/mizan/call/`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": csrfToken,
      Cookie: cookies.join("; "),
    },
    body: JSON.stringify({ fn: "sign_in", args: { person_id } }),
  });
  expect(answer.status).toBe(200);
  const [cookie = ""] = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  return cookie;
}

/** Whoever is signed in, by all that a page carries for its client. */
function peopleOf(html: string): unknown[] {
  const found: unknown[] = [];
  for (const [, text = ""] of html.matchAll(/\.push\(JSON\.parse\((".*?")\)\)<\/script>/g)) {
    const { contexts } = JSON.parse(JSON.parse(text) as string) as {
      contexts: { key: string; data: { current_person?: { id: number } | null } }[];
    };
    for (const { key, data } of contexts) {
      if (key.startsWith("global")) found.push(data.current_person?.id ?? null);
    }
  }
  return found;
}
