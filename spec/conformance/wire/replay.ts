/**
 * Sends a recorded exchange to a running server and says what differs.
 *
 * Before each probe the server is reset, and the symbols `<csrf>`, `<csrf-cookie>`, `<cookies>`, `<etag>` and
 * `<mwt>` stand for what one `session/` request per user, or an earlier step, answered.
 */
import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { differences, type Answer } from "./compare.js";
import type { Probe, Request, Step, TokenRecipe } from "./probe.js";

const SESSION = "/api/mizan/session/";
const TOKEN_SECRET = "probe-mwt-secret-probe-mwt-secret-00";

/** Differences of one probe, one text each; none when it holds. `reset` puts the application's data back. */
export async function replay(
  origin: string,
  probe: Probe,
  reset: () => unknown = () => send(origin, { method: "POST", path: "/__reset" }),
): Promise<string[]> {
  await reset();
  const sessions = new Map<string, Map<string, string>>();
  let etag = "";
  for (const step of probe.before ?? []) {
    const { answer } = await run(origin, step, sessions, etag);
    etag = answer.headers["etag"]?.[0] ?? etag;
  }
  const { answer, fill } = await run(origin, probe, sessions, etag);
  const { bodyLacks, ...expect } = probe.expect;
  return differences(bodyLacks ? { ...expect, bodyLacks: bodyLacks.map(fill) } : expect, answer);
}

async function run(
  origin: string,
  { request, signedInAs: user, mwt }: Step,
  sessions: Map<string, Map<string, string>>,
  etag: string,
): Promise<{ answer: Answer; fill: (text: string) => string }> {
  const session = sessions.get(user ?? "") ?? (await sessionFor(origin, request, user));
  if (session !== noSession) sessions.set(user ?? "", session);
  const symbols = new Map([...session, ["<etag>", etag], ["<mwt>", mwt ? makeToken(mwt) : ""]]);
  const fill = (text: string): string =>
    text.replace(/<(?:csrf|csrf-cookie|cookies|etag|mwt)>/g, (symbol) => symbols.get(symbol) ?? "");
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name, fill(value)]),
  );
  return { answer: await send(origin, { ...request, headers: withUser(headers, user) }), fill };
}

const withUser = (headers: Record<string, string>, user: string | undefined) =>
  user === undefined ? headers : { ...headers, "X-Test-User": user };

const noSession: Map<string, string> = new Map();

/** Most reads name no session's symbol, so they need none. */
function sessionFor(
  origin: string,
  request: Request,
  user: string | undefined,
): Promise<Map<string, string>> {
  const text = Object.values(request.headers ?? {}).join();
  return /<(?:csrf|csrf-cookie|cookies)>/.test(text)
    ? openSession(origin, user)
    : Promise.resolve(noSession);
}

async function openSession(origin: string, user: string | undefined): Promise<Map<string, string>> {
  const answer = await send(origin, { method: "GET", path: SESSION, headers: withUser({}, user) });
  const cookies = (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0] ?? "");
  const token: unknown = JSON.parse(answer.text).csrfToken;
  const cookie = cookies.find((pair) => pair.startsWith("csrftoken="));
  return new Map([
    ["<csrf>", String(token)],
    ["<csrf-cookie>", cookie?.slice("csrftoken=".length) ?? ""],
    ["<cookies>", cookies.join("; ")],
  ]);
}

/** One exchange on a connection of its own. */
export function send(origin: string, request: Request): Promise<Answer> {
  const body = bodyOf(request);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      new URL(origin),
      {
        method: request.method,
        path: request.path,
        headers: { ...request.headers, ...(body && { "Content-Length": body.length }) },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: byName(response.rawHeaders),
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

function bodyOf({ body, bodyBase64, bodyParts }: Request): Buffer | undefined {
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, "base64");
  const text = bodyParts?.map(([part, times]) => part.repeat(times)).join("") ?? body;
  return text === undefined ? undefined : Buffer.from(text);
}

function byName(raw: readonly string[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let at = 0; at + 1 < raw.length; at += 2) {
    (headers[String(raw[at]).toLowerCase()] ??= []).push(String(raw[at + 1]));
  }
  return headers;
}

function makeToken({ claims, secret = TOKEN_SECRET, alg = "HS256", kid = "v1" }: TokenRecipe): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      const offset = /^now([+-]\d+)$/.exec(String(value))?.[1];
      return [name, offset === undefined ? value : now + Number(offset)];
    }),
  );
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg, ...(kid !== null && { kid }), typ: "JWT" })}.${part(payload)}`;
  const hash = { HS256: "sha256", HS512: "sha512" }[alg];
  const signature = hash ? createHmac(hash, secret).update(signed).digest("base64url") : "";
  return `${signed}.${signature}`;
}
