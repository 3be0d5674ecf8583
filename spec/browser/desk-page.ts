/** What the browser suite does with the desk: starts it, opens it, counts what it asks, and finds its views. */
import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";

const root = join(__dirname, "../..");
const desk = join(root, "examples/desk");

/** Builds page and server of the desk, as its own scripts do. Needs the built runtime. */
export function buildDesk(): void {
  if (!existsSync(join(root, "runtime/dist/client/index.js"))) {
    throw new Error("runtime/dist is missing: run `npm run build` first");
  }
  for (const script of ["build:page", "build:server"]) {
    // What runs the suites says that this is a test, which bundlers take for development.
    const env = { ...process.env, NODE_ENV: "production" };
    const args = ["run", "--silent", script];
    const built = spawnSync("npm", args, { cwd: desk, encoding: "utf8", env });
    if (built.status !== 0) throw new Error(`${script}: ${built.stdout}${built.stderr}`);
  }
}

/** A running desk with a database of its own. */
export interface DeskServer {
  readonly url: string;
  /**
   * Holds back the next answer to a path that contains this, until `release`. Of a desk that renders its pages: the
   * next read of this context that a page makes.
   */
  readonly hold: (part: string) => void;
  /** Lets the next read of this context fail that a page is rendered from. */
  readonly refuse: (context: string) => void;
  /** Resolves when an answer is held. */
  readonly held: () => Promise<void>;
  readonly release: () => void;
  readonly close: () => Promise<void>;
}

/** With a patience, in milliseconds, the desk renders its pages, and sends what is not whole by then in parts. */
export async function startServer(patienceMs?: number): Promise<DeskServer> {
  const args = patienceMs === undefined ? [] : [`${patienceMs}`];
  const child: ChildProcess = fork(join(__dirname, "desk-process.mjs"), args, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const waiting: (() => void)[] = [];
  let ready = 0;
  const url = await new Promise<string>((resolve, reject) => {
    child.on("exit", (code) => reject(new Error(`the desk ended with ${code}`)));
    child.on("message", (message: { url?: string; held?: string }) => {
      if (message.url !== undefined) resolve(message.url);
      if (message.held === undefined) return;
      const waiter = waiting.shift();
      if (waiter === undefined) ready += 1;
      else waiter();
    });
  });
  return {
    url,
    hold: (part) => void child.send({ hold: part }),
    refuse: (context) => void child.send({ refuse: context }),
    held: async () => {
      if (ready > 0) ready -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    release: () => void child.send({ release: true }),
    close: async () => {
      child.send({ close: true });
      await once(child, "exit");
    },
  };
}

/** One visitor. */
export interface DeskPage {
  readonly page: Page;
  /** One of the five views, by its name. */
  readonly view: (name: "Desk" | "Folders" | "Tickets" | "Conversation" | "Details") => Locator;
  /** Opens an address, and waits for its tickets. */
  readonly visit: (address: string) => Promise<void>;
  readonly signIn: (name: string) => Promise<void>;
  /** What the browser complained of: errors that nobody caught, hydration that found something else. */
  readonly complaints: readonly string[];
  /**
   * Requests since the last time this was asked, sorted: `call rename_ticket`, `ctx/ticket?ticket_id=114`, and of
   * several reads in one `ctx/inbox + ctx/ticket?ticket_id=114`.
   */
  readonly asked: () => Promise<string[]>;
  readonly close: () => Promise<void>;
}

export async function openDesk(browser: Browser, url: string, route = ""): Promise<DeskPage> {
  const desk = await newVisitor(browser);
  await desk.visit(`${url}${route}`);
  await desk.asked();
  return desk;
}

/** Somebody who has asked for nothing yet. */
export async function newVisitor(browser: Browser): Promise<DeskPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  let requests: string[] = [];
  let open = 0;
  page.on("request", (request) => {
    const path = decodeURIComponent(request.url()).split("/api/mizan/")[1];
    if (path === undefined) return;
    open += 1;
    // The token is asked for once, before the first call.
    if (path.startsWith("session")) return;
    requests.push(nameOf(path, request.postDataJSON()));
  });
  const done = (request: { url(): string }) => {
    if (request.url().includes("/api/mizan/")) open -= 1;
  };
  page.on("requestfinished", done);
  page.on("requestfailed", done);

  async function asked(): Promise<string[]> {
    // At rest: nothing under way, and nothing new after a frame has been drawn.
    for (let quiet = 0; quiet < 3; quiet = open === 0 ? quiet + 1 : 0) {
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 30)));
    }
    const seen = requests.toSorted();
    requests = [];
    return seen;
  }

  const view: DeskPage["view"] = (name) => page.getByRole("region", { name, exact: true });
  return {
    page,
    view,
    complaints,
    asked,
    visit: async (address) => {
      await page.goto(address);
      await view("Tickets").locator(".ticket-row").first().waitFor();
    },
    signIn: async (name) => {
      await page.getByRole("button", { name: `Sign in as ${name}` }).click();
      await page.getByRole("button", { name: "Sign out" }).waitFor();
      await asked();
    },
    close: () => context.close(),
  };
}

/** A request by what it asks for: the body of a POST says it, the path of a GET. */
function nameOf(path: string, body: Readonly<Record<string, unknown>> | null): string {
  if (Array.isArray(body?.["contexts"])) {
    return body["contexts"]
      .map(({ context, params }) => `ctx/${context}?${new URLSearchParams(params)}`)
      .map((name) => name.replace(/\?$/, ""))
      .toSorted()
      .join(" + ");
  }
  return body ? `call ${String(body["fn"])}` : path.replace(/\/(?=\?|$)/, "").replace(/\?$/, "");
}
