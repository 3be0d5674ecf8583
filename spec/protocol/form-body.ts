/** Forms written by hand, well-formed or not, and a way to send them piece by piece. */
import { request, type ClientRequest, type IncomingHttpHeaders } from "node:http";
import { readdirSync, readlinkSync, statSync, type Stats } from "node:fs";

export type Part = {
  readonly name: string;
  readonly value: string | Buffer;
  readonly filename?: string;
  readonly type?: string;
  /** Further header lines, or all of them where `bare` is set. */
  readonly headers?: readonly string[];
  readonly bare?: boolean;
};

export const BOUNDARY = "----B0undary";
export const FORM = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };

export const text = (name: string, value: string | Buffer): Part => ({ name, value });
export const file = (name: string, value: string | Buffer, filename = "a.png"): Part => ({
  name,
  value,
  filename,
  type: "image/png",
});

export function formBody(parts: readonly Part[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(`--${BOUNDARY}\r\n${headOf(part).join("\r\n")}\r\n\r\n`),
      Buffer.from(part.value),
      Buffer.from("\r\n"),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
}

function headOf({ name, filename, type, headers = [], bare = false }: Part): readonly string[] {
  if (bare) return headers;
  const shown = filename === undefined ? "" : `; filename="${filename}"`;
  return [
    `Content-Disposition: form-data; name="${name}"${shown}`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ...headers,
  ];
}

export type Got = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly json: Record<string, unknown> & { readonly details?: { readonly fields?: object } };
};

export type Sending = { readonly sent: ClientRequest; readonly got: Promise<Got> };

/** Begins a call; whoever asked writes the body. A connection of its own, so that it may be broken. */
export function open(port: number, headers: Readonly<Record<string, string>> = FORM): Sending {
  const sent = request({
    port,
    host: "127.0.0.1",
    agent: false,
    method: "POST",
    path: "/api/mizan/call/",
    headers,
  });
  const got = new Promise<Got>((resolve, reject) => {
    sent.on("error", reject);
    sent.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (piece: string) => (body += piece));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          json: JSON.parse(body),
        }),
      );
    });
  });
  // A test that fails before it awaits the answer tells enough by itself.
  got.catch(() => undefined);
  return { sent, got };
}

export function sendForm(
  port: number,
  parts: readonly Part[] | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Got> {
  const body = Buffer.isBuffer(parts) ? parts : formBody(parts);
  const { sent, got } = open(port, { ...FORM, ...headers });
  sent.end(body);
  return got;
}

/** The files that this process holds open below a folder; they have no name any more. Linux only. */
export function openBelow(folder: string): readonly Stats[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder)
        ? [statSync(`/proc/self/fd/${fd}`)]
        : [];
    } catch {
      // It was closed meanwhile.
      return [];
    }
  });
}

/** Waits for something that another part of the process is about to do; throws where it does not. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn > 500) throw new Error(`It does not come to pass: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
