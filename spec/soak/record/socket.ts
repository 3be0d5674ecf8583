/**
 * The record over a socket, a line of JSON per question and per answer. Both ends: `serveRecord` for whoever
 * holds the history, `connectRecord` for the processes that ask.
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { History, Store } from "./history.js";

type Question = { readonly id: number; readonly method: keyof Store; readonly args: unknown[] };
type Answer = { readonly id: number; readonly value: unknown };

export type RemoteStore = {
  readonly [Method in keyof Store]: (
    ...args: Parameters<Store[Method]>
  ) => Promise<ReturnType<Store[Method]>>;
};

export type RecordServer = { readonly port: number; close(): Promise<void> };

/**
 * `delayMs` is asked for before and after each question is carried out, so that a write is a fact for a while
 * before whoever wrote hears of it, and what was read is old for a while before it is used.
 */
export async function serveRecord(history: History, delayMs: () => number): Promise<RecordServer> {
  const sockets = new Set<Socket>();
  const later = (act: () => void): void => void setTimeout(act, delayMs());
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    onLine(socket, (line) => {
      const { id, method, args }: Question = JSON.parse(line);
      later(() => {
        const answer: Answer = { id, value: Reflect.apply(history[method], history, args) };
        later(() => socket.write(`${JSON.stringify(answer)}\n`));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: portOf(server),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** `onLost` is called when the record is gone, and nothing will be answered any more. */
export function connectRecord(port: number, onLost: () => void): RemoteStore {
  const socket = connect(port, "127.0.0.1");
  const waiting = new Map<number, (value: unknown) => void>();
  let lastId = 0;
  socket.setNoDelay(true);
  socket.on("close", onLost);
  onLine(socket, (line) => {
    const { id, value }: Answer = JSON.parse(line);
    waiting.get(id)?.(value);
    waiting.delete(id);
  });
  // What comes over the socket has the type that the other end's method says.
  const remote =
    <Value>(method: keyof Store) =>
    (...args: unknown[]): Promise<Value> =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, (value) => resolve(value as Value));
        socket.write(`${JSON.stringify({ id: lastId, method, args } satisfies Question)}\n`);
      });
  return {
    find: remote("find"),
    list: remote("list"),
    create: remote("create"),
    write: remote("write"),
    remove: remote("remove"),
    swap: remote("swap"),
  };
}

/** The other end may be killed: what it asked for may have happened, and nobody hears of it. */
function onLine(socket: Socket, take: (line: string) => void): void {
  socket.on("error", () => {});
  const lines = createInterface({ input: socket });
  lines.on("error", () => {});
  lines.on("line", take);
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address.port;
}
