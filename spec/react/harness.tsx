/**
 * What the suites of the React binding work with: a server in memory, answering when the test says so, and
 * a client that speaks to it. Everything above the transport is the real kernel.
 */
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import {
  createClient,
  type Answer,
  type Client,
  type ClientEvent,
  type Transport,
} from "@mizan/runtime/client";
import { contextOf, type Contract, type DeclaredError } from "@mizan/runtime/abi/v1/client";
import {
  contextHook,
  mutationHook,
  providerOf,
  rootProvider,
  slotHook,
  suspenseHook,
  suspenseSlotHook,
} from "@mizan/runtime/abi/v1/react";

// ---- what a generated client would hold

export interface Profile {
  user_id: number;
  name: string;
}
interface UserParams {
  user_id: number;
  limit?: number | null | undefined;
}
interface UserData {
  user_profile: Profile;
  user_orders: string[];
}
interface OddParams {
  key: string;
  children?: number | undefined;
}
type RenameError = DeclaredError<"USER_NOT_FOUND", { user_id: number }>;

export const contract: Contract = { hash: "0123456789abcdef", headerPrefix: "X-Mizan-" };
export const globalContext = contextOf(contract)<Readonly<Record<string, never>>, { motd: string }>(
  "global",
  { motd: "box" },
);
export const userContext = contextOf(contract)<UserParams, UserData>("user", {
  user_profile: "user_id:integer",
  user_orders: "user_id:integer limit:integer?",
});
const oddContext = contextOf(contract)<OddParams, { odd_value: string }>("odd", {
  odd_value: "box key:string children:integer?",
});

export const MizanContext = rootProvider(contract, globalContext);
export const UserContext = providerOf(userContext);
export const OddContext = providerOf(oddContext);
export const useMotd = slotHook(globalContext, "motd");
export const useUserContext = contextHook(userContext);
export const useSuspenseMotd = suspenseSlotHook(globalContext, "motd");
export const useSuspenseUserContext = suspenseHook(userContext);
export const useSuspenseUserProfile = suspenseSlotHook(userContext, "user_profile");
export const useSuspenseUserOrders = suspenseSlotHook(userContext, "user_orders");
export const useUserProfile = slotHook(userContext, "user_profile");
export const useUserOrders = slotHook(userContext, "user_orders");
export const useOddValue = slotHook(oddContext, "odd_value");
const hook = mutationHook(contract);
export const useRenameUser = hook<{ user_id: number; name: string }, Profile, RenameError>(
  "rename_user",
);
export const usePing = hook<Readonly<Record<string, never>>, boolean, never>("ping", "box");

// ---- the server

interface Asked {
  readonly line: string;
  readonly signal: AbortSignal | null;
  readonly answer: (status: number, body: unknown) => void;
  readonly fail: () => void;
  /** Brings some slots ahead of the rest; does nothing where nobody waits for parts. */
  readonly bring: (part: Readonly<Record<string, unknown>>) => void;
}

export interface TestServer extends Transport {
  /** Each request as a line, `user {"user_id":5}` or `rename_user({"user_id":5,"name":"Ada"})`. */
  readonly lines: string[];
  /** Requests without an answer yet, oldest first. */
  readonly waiting: Asked[];
  /** Answers the oldest request that waits. */
  readonly answer: (body: unknown, status?: number) => Promise<void>;
}

export function createTestServer(): TestServer {
  const lines: string[] = [];
  const waiting: Asked[] = [];

  function ask(
    line: string,
    signal: AbortSignal | null,
    bring: Asked["bring"] = () => undefined,
  ): Promise<Answer> {
    lines.push(line);
    return new Promise((resolve, reject) => {
      const asked: Asked = {
        line,
        signal,
        bring,
        answer: (status, body) =>
          resolve({ status, body: body as Answer["body"], headers: { get: () => null } }),
        fail: () => reject(new TypeError("connection lost")),
      };
      waiting.push(asked);
      signal?.addEventListener("abort", () => {
        waiting.splice(waiting.indexOf(asked), 1);
        reject(signal.reason);
      });
    });
  }

  return {
    lines,
    waiting,
    call: (fn, args, { onSend }) => {
      onSend();
      return ask(`${fn}(${JSON.stringify(args)})`, null);
    },
    fetch: (context, params, { onSend, signal, onPart }) => {
      onSend();
      const line = `${context} ${JSON.stringify(params, Object.keys(params).sort())}`;
      return ask(line, signal, onPart);
    },
    answer: async (body, status = 200) => {
      const asked = waiting.shift();
      if (asked === undefined) throw new Error("no request waits for an answer");
      await step(() => asked.answer(status, body));
    },
  };
}

/** The bundle of one user. */
export function userBundle(user_id: number, name: string, orders: readonly string[] = []) {
  return { user_orders: orders, user_profile: { user_id, name } };
}

// ---- the page

/** Does something and waits until all that follows from it, promises included, is on the page. */
export function step(work: () => void): Promise<void> {
  return act(async () => {
    work();
    await new Promise((resolve) => setTimeout(resolve));
  });
}

export interface Page {
  readonly client: Client;
  readonly server: TestServer;
  readonly events: ClientEvent[];
  readonly element: HTMLElement;
  readonly text: () => string;
  readonly render: (tree: ReactNode) => Promise<void>;
  readonly unmount: () => Promise<void>;
}

const pages = new Set<Page>();

/** An empty page with a client of its own. Ends with the test. */
export function openPage(): Page {
  const server = createTestServer();
  const events: ClientEvent[] = [];
  const client = createClient({
    transport: server,
    retry: 0,
    onEvent: (event) => events.push(event),
  });
  const element = document.createElement("div");
  const root: Root = createRoot(element);
  const page: Page = {
    client,
    server,
    events,
    element,
    text: () => element.textContent ?? "",
    render: (tree) => act(async () => root.render(tree)),
    unmount: () => act(async () => root.unmount()),
  };
  pages.add(page);
  return page;
}

export async function closePages(): Promise<void> {
  for (const page of pages) await page.unmount();
  pages.clear();
}
