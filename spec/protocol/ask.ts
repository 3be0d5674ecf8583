/** Asks a server without sockets: what an adapter hands in and gets back, as tests want to write and read it. */
import type { BodyFailure, Mizan, WireRequest, WireResponse } from "@mizan/runtime/server";
import {
  createServer,
  type ContractDefinition,
  type FunctionDefinition,
  type ServerOptions,
} from "@mizan/runtime/abi/v1/server";

export type Asked = {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | BodyFailure;
  readonly secure?: boolean;
  readonly host?: string;
  /** Calls back when the test wants the client to be gone. */
  readonly onAbort?: (listener: () => void) => void;
  /** Called where the server breaks the connection. */
  readonly onCut?: () => void;
};

export type Answered = {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** Of a streamed answer all its chunks. */
  readonly body: string;
  /** The body as JSON; undefined when there is none, or when it is lines. */
  readonly json: unknown;
  /** The lines of a streamed answer, each as JSON. */
  readonly lines: readonly unknown[];
};

export async function ask(mizan: Mizan, asked: Asked): Promise<Answered> {
  const { status, headers, body } = await askRaw(mizan, asked);
  const byName = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const answer = { status, headers: Object.fromEntries(byName) };
  if (typeof body === "string") {
    return { ...answer, body, json: body === "" ? undefined : JSON.parse(body), lines: [] };
  }
  let text = "";
  for await (const chunk of body) text += chunk;
  const lines = text.split("\n").slice(0, -1);
  return { ...answer, body: text, json: undefined, lines: lines.map((line) => JSON.parse(line)) };
}

/** The answer as an adapter gets it. */
export function askRaw(mizan: Mizan, asked: Asked): Promise<WireResponse> {
  const { body = new Uint8Array() } = asked;
  const request: WireRequest = {
    method: asked.method ?? "GET",
    path: asked.path,
    query: asked.query ?? "",
    headers: { host: "app.example", ...asked.headers },
    secure: asked.secure ?? false,
    host: asked.host,
    native: { headers: { ...asked.headers } },
    readBody: async () =>
      typeof body === "string" && body !== "too-large" && body !== "aborted"
        ? new TextEncoder().encode(body)
        : body,
    readChunks: async (take) => {
      const read = await request.readBody(Infinity);
      if (!(read instanceof Uint8Array)) return read === "aborted" ? read : "consumed";
      return (await take(read)) ? "complete" : "stopped";
    },
    onAbort: asked.onAbort ?? (() => {}),
    cut: asked.onCut ?? (() => {}),
  };
  return mizan.handle(request);
}

/** A call with a JSON body. */
export const call = (
  mizan: Mizan,
  fn: string,
  args?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> => callText(mizan, JSON.stringify({ fn, args }), headers);

export const callText = (
  mizan: Mizan,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> =>
  ask(mizan, {
    method: "POST",
    path: "/call/",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

export const read = (
  mizan: Mizan,
  context: string,
  query = "",
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> => ask(mizan, { path: `/ctx/${context}/`, query, headers });

export type Line = { readonly level: string; readonly message: string; readonly fields?: object };

/** A logger that keeps its lines. */
export function recorder(): { lines: Line[]; logger: NonNullable<ServerOptions["logger"]> } {
  const lines: Line[] = [];
  const at =
    (level: string) =>
    (message: string, fields?: object): void => {
      lines.push(fields === undefined ? { level, message } : { level, message, fields });
    };
  const logger = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  return { lines, logger };
}

type Given = Partial<Omit<ContractDefinition, "functions">> & {
  readonly functions: readonly (Partial<FunctionDefinition> & { readonly name: string })[];
};

export const HASH = "0123456789abcdef";

/** A contract with what a test leaves out filled in: no input, no output, nothing else declared. */
export const contractOf = ({ functions, ...rest }: Given): ContractDefinition => ({
  hash: HASH,
  structs: [],
  errors: [],
  contexts: [],
  ...rest,
  functions: functions.map((fn) => ({ input: [], boxed: true, ...fn })),
});

/**
 * A server that logs nowhere, asks for no CSRF token and gives the same answer twice the same headers, unless
 * `options` say otherwise.
 */
export const serverOf = (given: Given, handlers: object, options: ServerOptions = {}): Mizan =>
  createServer(contractOf(given), handlers, {
    csrf: false,
    serverTiming: false,
    logger: recorder().logger,
    ...options,
  });
