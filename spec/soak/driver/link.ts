/** The way of one process to Redis, so that it alone can be cut off. */
import { connect, createServer, type Server, type Socket } from "node:net";

export class Link {
  readonly #server: Server;
  readonly #ways = new Set<readonly [Socket, Socket]>();
  readonly #to: number;
  #isCut = false;
  #isStalled = false;

  constructor(to: number) {
    this.#to = to;
    this.#server = createServer((near) => this.#open(near));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("not listening on a port");
    return `redis://127.0.0.1:${address.port}`;
  }

  /** Connections break, and new ones, too. */
  cut(): void {
    this.#isCut = true;
    for (const way of this.#ways) for (const socket of way) socket.destroy();
  }

  /** Connections stay, and nothing comes through. */
  stall(): void {
    this.#isStalled = true;
    for (const [near, far] of this.#ways) near.unpipe(far).pause();
  }

  mend(): void {
    this.#isCut = false;
    if (!this.#isStalled) return;
    this.#isStalled = false;
    for (const [near, far] of this.#ways) near.pipe(far);
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #open(near: Socket): void {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = connect(this.#to, "127.0.0.1");
    const way = [near, far] as const;
    this.#ways.add(way);
    for (const socket of way) {
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        this.#ways.delete(way);
        for (const each of way) each.destroy();
      });
    }
    far.pipe(near);
    if (this.#isStalled) near.pause();
    else near.pipe(far);
  }
}
