/**
 * A page from its server to its hydration: rendered by React's streams from a server of the same process, run by a
 * document that executes its scripts, and taken over by React there. Without a window, so that the server is one.
 */
import { PassThrough } from "node:stream";
import { JSDOM, VirtualConsole } from "jsdom";
import type * as ReactPage from "react-dom/client";
import type * as ReactServer from "react-dom/server";
import { Suspense, act, type ReactNode } from "react";
import {
  createClient,
  dehydrate,
  hydrate,
  receive,
  snapshotScript,
  watch,
  type Client,
} from "@mizan/runtime/client";
import { contextOf } from "@mizan/runtime/abi/v1/client";
import { providerOf, rootProvider, slotHook, suspenseSlotHook } from "@mizan/runtime/abi/v1/react";
import { MizanData } from "@mizan/runtime/react";
import { field, integer, string } from "@mizan/runtime/abi/v1/server";
import { inProcess, type Mizan } from "@mizan/runtime/server";
import { HASH, serverOf } from "../protocol/ask.js";
import { quiet } from "../support/quiet.js";

const contract = { hash: HASH, headerPrefix: "X-Mizan-" };
const noteContext = contextOf(contract)<{ id: number }, { note: string }>("note", {
  note: "box id:integer",
});
const MizanContext = rootProvider(contract);
const NoteContext = providerOf(noteContext);
const useNote = slotHook(noteContext, "note");
const useSuspenseNote = suspenseSlotHook(noteContext, "note");

/** Notes of whoever asks, each given out when the test says so. */
function createServer() {
  const reads: string[] = [];
  const gates = new Map<number, () => void>();
  const mizan = serverOf(
    {
      contexts: [{ name: "note", functions: ["note"] }],
      functions: [
        { name: "note", context: "note", input: [field("id", integer())], output: string() },
      ],
    },
    {
      note: async ({ id }: { id: number }, { user }: { user: { id: string } }) => {
        reads.push(`${user.id}/${id}`);
        if (id > 1) await new Promise<void>((resolve) => gates.set(id, resolve));
        if (id === 9) throw new Error("broken");
        return `${user.id}'s ${id} </script>`;
      },
    },
    {
      authenticate: ({ headers }) => ({ id: String(headers["x-user"]) }),
      logger: quiet,
    },
  );
  return { mizan, reads, give: (id: number) => gates.get(id)?.() };
}

const clientOf = (mizan: Mizan, user: string): Client =>
  createClient({ transport: inProcess(mizan, { headers: { "X-User": user } }), retry: 0 });

const Note = () => <p>{useSuspenseNote()}</p>;
const PlainNote = () => <i>{useNote() ?? "?"}</i>;
const Part = ({ id }: { readonly id: number }) => (
  <Suspense fallback={<p>{`${id} is on its way`}</p>}>
    <MizanData>
      <NoteContext id={id}>
        <Note />
      </NoteContext>
    </MizanData>
  </Suspense>
);
// React 19 sends nothing at once of a page where a part might still bring the `<html>`: hence `<main>`.
const App = ({ client, children }: { readonly client: Client; readonly children: ReactNode }) => (
  <MizanContext client={client}>
    <main>
      <MizanData nonce="n1">
        <NoteContext id={1}>
          <Note />
        </NoteContext>
      </MizanData>
      {children}
    </main>
  </MizanContext>
);
const parts = (
  <>
    <Part id={2} />
    <Part id={3} />
  </>
);

type Sent = {
  readonly text: () => string;
  readonly ended: Promise<void>;
  readonly errors: unknown[];
};

/** Renders as a server does, and sends the shell as soon as it is there. */
function send(tree: ReactNode): Sent {
  const { renderToPipeableStream } = jest.requireActual<typeof ReactServer>(serverModule);
  const out = new PassThrough();
  const errors: unknown[] = [];
  let text = "";
  out.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const stream = renderToPipeableStream(tree, {
    onShellReady: () => stream.pipe(out),
    onError: (error: unknown) => void errors.push(error),
  });
  return { text: () => text, ended: new Promise((end) => out.on("end", end)), errors };
}

let serverModule = "";
let clientModule = "";

const tick = (ms = 15) => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets a browser take the page over; answers what it has asked for and complained of. */
async function takeOver(html: string, tree: (client: Client) => ReactNode, script = "") {
  const complaints: unknown[] = [];
  const asked: string[] = [];
  const dom = new JSDOM(`<!doctype html><div id="root">${html}</div>${script}`, {
    runScripts: "dangerously",
    virtualConsole: new VirtualConsole(),
    pretendToBeVisual: true,
  });
  const { window } = dom;
  await tick();
  const { document, navigator } = window;
  Object.assign(globalThis, { window, document, navigator, IS_REACT_ACT_ENVIRONMENT: true });
  const spy = jest
    .spyOn(console, "error")
    .mockImplementation((...said) => void (isOfOneProcess(said) || complaints.push(said)));
  const client = createClient({
    transport: {
      call: () => Promise.reject(new Error("no calls")),
      fetch: (context, params, { onSend }) => {
        onSend();
        asked.push(`${context} ${JSON.stringify(params)}`);
        return Promise.resolve({ status: 200, body: { note: { result: "from the page" } } });
      },
    },
  });
  hydrate(client, window["__MIZAN_SSR_DATA__"]);
  const { hydrateRoot } = jest.requireActual<typeof ReactPage>(clientModule);
  const element = window.document.getElementById("root") as HTMLElement;
  await act(async () => {
    hydrateRoot(element, tree(client), {
      onRecoverableError: (error: unknown) => void complaints.push(error),
    });
    await tick();
  });
  const close = (): void => {
    spy.mockRestore();
    for (const name of ["window", "document", "navigator"])
      Reflect.deleteProperty(globalThis, name);
    window.close();
  };
  return { element, asked, complaints, client, close };
}

/** Resolves when so much was sent. */
async function shown(text: () => string, part: string): Promise<void> {
  for (let turns = 0; !bare(text()).includes(part); turns++) {
    if (turns > 10_000) throw new Error(`never sent: ${part} in ${text()}`);
    await new Promise(setImmediate);
  }
}

const bare = (html: string | null | undefined): string =>
  (html ?? "").replace(/<script[\s\S]*?<\/script>|<!--.*?-->/g, "");

/** Nowhere else do a server and a page render side by side in one process. */
const isOfOneProcess = ([said]: readonly unknown[]): boolean =>
  String(said).includes("multiple renderers");

export function streamSuite(server: string, browser: string): void {
  beforeAll(() => {
    serverModule = server;
    clientModule = browser;
  });
  const { error } = console;
  beforeEach(() => {
    console.error = (...said: unknown[]) => isOfOneProcess(said) || error(...said);
  });
  afterEach(() => {
    console.error = error;
  });

  test("the stream waits for reads part by part, and brings the data of each with it", async () => {
    const { mizan, reads, give } = createServer();
    const starters: string[] = [];
    const start = globalThis.setTimeout;
    const timers = jest.spyOn(globalThis, "setTimeout").mockImplementation(((
      ...args: Parameters<typeof setTimeout>
    ) => {
      starters.push(new Error("a timer").stack ?? "");
      return start(...args);
    }) as typeof setTimeout);
    const { text, ended, errors } = send(<App client={clientOf(mizan, "ada")}>{parts}</App>);
    await shown(text, "2 is on its way");
    // All parts ask at once.
    expect(reads).toEqual(["ada/1", "ada/2", "ada/3"]);
    expect(bare(text())).toContain("<p>ada&#x27;s 1 &lt;/script&gt;</p>");
    expect(text()).toContain('<script nonce="n1">(self.__MIZAN_SSR_DATA__');
    expect(text()).toContain("2 is on its way");
    expect(text()).not.toContain("ada's 2");
    give(3);
    await shown(text, "s 3");
    expect(bare(text())).not.toContain("<p>ada&#x27;s 2");
    give(2);
    await ended;
    expect(errors).toEqual([]);
    expect(text().match(/__MIZAN_SSR_DATA__/g)).toHaveLength(3);
    // In scripts alone the apostrophe is itself.
    for (const id of [1, 2, 3]) expect(text().split(`ada's ${id}`)).toHaveLength(2);
    timers.mockRestore();
    expect(starters.filter((stack) => /runtime\/(client|react|server)/.test(stack))).toEqual([]);
  });

  test("hydration finds everything, asks for nothing, and what becomes stale is read by the page", async () => {
    const { mizan, give } = createServer();
    const sent = send(<App client={clientOf(mizan, "ada")}>{parts}</App>);
    await tick();
    give(2);
    give(3);
    await sent.ended;
    const page = await takeOver(sent.text(), (client) => <App client={client}>{parts}</App>);
    try {
      expect(page.complaints).toEqual([]);
      expect(page.asked).toEqual([]);
      for (const id of [1, 2, 3]) expect(page.element.textContent).toContain(`ada's ${id}`);
      expect(page.element.querySelectorAll("script[nonce]")).toHaveLength(0);
      await act(async () => {
        receive(page.client, { invalidate: [{ context: "note", params: { id: 2 } }] });
        await tick();
      });
      expect(page.asked).toEqual(['note {"id":2}']);
      expect(page.element.textContent).toContain("from the page");
    } finally {
      page.close();
    }
  });

  test("a part that fails on the server is read by the page", async () => {
    const { mizan, give } = createServer();
    const tree = (client: Client) => (
      <App client={client}>
        <Part id={9} />
      </App>
    );
    const sent = send(tree(clientOf(mizan, "ada")));
    await tick();
    give(9);
    await sent.ended;
    expect(sent.errors).toMatchObject([{ code: "INTERNAL_ERROR" }]);
    const page = await takeOver(sent.text(), tree);
    try {
      expect(page.asked).toEqual(['note {"id":9}']);
      expect(page.element.textContent).toContain("from the page");
    } finally {
      page.close();
    }
  });

  test("pages of several users, rendered in each other's midst, hold their own data alone", async () => {
    const { mizan } = createServer();
    const users = Array.from({ length: 8 }, (_, index) => `user${index}x`);
    const pages = users.map((user) => send(<App client={clientOf(mizan, user)}>{null}</App>));
    await Promise.all(pages.map(({ ended }) => ended));
    for (const [index, { text }] of pages.entries()) {
      expect(new Set(text().match(/user\dx/g))).toEqual(new Set([users[index]]));
    }
  });

  test("a page that no server rendered has no script and no complaint", async () => {
    const page = await takeOver("", () => null);
    try {
      const { createRoot } = jest.requireActual<typeof ReactPage>(clientModule);
      const element = page.element.ownerDocument.createElement("div");
      await act(async () => {
        createRoot(element).render(<App client={page.client}>{parts}</App>);
        await tick();
      });
      expect(element.querySelector("script")).toBeNull();
      expect(element.textContent).toContain("from the page");
      expect(page.complaints).toEqual([]);
    } finally {
      page.close();
    }
  });

  test("hooks that do not suspend show what the server had read before, and agree with it", async () => {
    const { mizan } = createServer();
    const tree = (client: Client) => (
      <MizanContext client={client}>
        <NoteContext id={1}>
          <PlainNote />
        </NoteContext>
      </MizanContext>
    );
    const client = clientOf(mizan, "ada");
    const handle = watch(client, noteContext, { id: 1 });
    await tick();
    handle.release();
    const sent = send(tree(client));
    await sent.ended;
    expect(sent.text()).toContain("ada&#x27;s 1");
    const script = `<script>${snapshotScript(dehydrate(client))}</script>`;
    const page = await takeOver(sent.text(), tree, script);
    try {
      expect([page.complaints, page.asked]).toEqual([[], []]);
      expect(page.element.textContent).toContain("ada's 1");
    } finally {
      page.close();
    }
  });
}
