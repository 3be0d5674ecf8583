/**
 * The recipe of `spec/server-components.md`, from the server that reads to the browser that takes over, without a
 * framework: `render.mjs` stands for one.
 *
 * @jest-environment jsdom
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Fragment, Suspense, act, createElement, type ComponentType, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { renderToString } from "react-dom/server.node";
import { createClient, receive, snapshotOf } from "@mizan/runtime/client";
import { MizanHydrate } from "@mizan/runtime/react";
import { AlbumContext, MizanContext, albumContext } from "../album/mizan/client/index.js";
import { createTestServer, step } from "../react/harness.js";
import { Photos } from "./photos.js";

/** An element as it is sent: of the host by its name, of a client component by a reference. */
interface SentElement {
  readonly type: string | { readonly file: string; readonly name: string };
  readonly key: string | null;
  readonly props: Readonly<Record<string, unknown>>;
}

const photo = (id: number, name: string) => ({ id, name, type: "image/png", size: 1, sha256: "" });

/** The tree that the server sent, with the client components in the place of their references. */
function revive(node: unknown): ReactNode {
  if (Array.isArray(node)) return createElement(Fragment, null, ...node.map(revive));
  if (typeof node !== "object" || node === null || !("type" in node)) return node as ReactNode;
  const { type, key, props } = node as SentElement;
  const { children, ...others } = props;
  const component =
    typeof type === "string"
      ? type
      : jest.requireActual<Record<string, ComponentType>>(type.file)[type.name];
  if (component === undefined) throw new Error(`no component ${JSON.stringify(type)}`);
  const below = Array.isArray(children) ? children.map(revive) : [revive(children)];
  return createElement(component, { ...(key !== null && { key }), ...others }, ...below);
}

let sent: { readonly tree: unknown; readonly modules: readonly string[] };
beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const run = spawnSync(process.execPath, [join(__dirname, "render.mjs")], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  sent = JSON.parse(run.stdout);
});

test("a server component reads in its own process, and sends data", () => {
  const text = JSON.stringify(sent.tree);
  expect(text).toContain("An album of 1");
  expect(text).toContain('"name":"anna.png"');
  expect(text).not.toContain("berta.png");
});

test("nothing that has state is in the server's bundle", () => {
  expect(sent.modules).toContain("runtime/client/hydrate.ts");
  expect(sent.modules).toContain("spec/album/mizan/client/contexts/album.ts");
  expect(sent.modules.filter((name) => /^runtime\/(?:react|abi\/v1\/react)/.test(name))).toEqual([
    "runtime/react/index.ts",
  ]);
});

test("HTML is made of it without asking for anything", () => {
  const transport = createTestServer();
  const html = renderToString(
    <MizanContext client={createClient({ transport })}>{revive(sent.tree)}</MizanContext>,
  );
  expect(html).toContain("<li>anna.png</li>");
  expect(transport.lines).toEqual([]);
});

test("the browser asks for nothing until something changes", async () => {
  const transport = createTestServer();
  const client = createClient({ transport, retry: 0 });
  const element = document.createElement("div");
  const page = createRoot(element);
  await act(async () =>
    page.render(<MizanContext client={client}>{revive(sent.tree)}</MizanContext>),
  );
  expect(element.textContent).toBe("An album of 1anna.png");
  expect(transport.lines).toEqual([]);
  await step(() => receive(client, { invalidate: ["album"] }));
  expect(transport.lines).toEqual(['album {"album_id":7}']);
  await transport.answer({ photos: [photo(1, "anna.png"), photo(2, "clara.png")] });
  expect(element.textContent).toBe("An album of 1anna.pngclara.png");
  await act(async () => page.unmount());
});

test("another snapshot fills what is new, and leaves what the page knows", async () => {
  const transport = createTestServer();
  const client = createClient({ transport, retry: 0 });
  const element = document.createElement("div");
  const page = createRoot(element);
  const show = (names: Readonly<Record<number, string>>) =>
    act(async () =>
      page.render(
        <MizanContext client={client}>
          <MizanHydrate
            snapshot={Object.entries(names).map(([id, name]) =>
              snapshotOf(albumContext, { album_id: Number(id) }, { photos: [photo(1, name)] }),
            )}
          >
            <Suspense fallback="…">
              {Object.keys(names).map((id) => (
                <AlbumContext key={id} album_id={Number(id)}>
                  <Photos />
                </AlbumContext>
              ))}
            </Suspense>
          </MizanHydrate>
        </MizanContext>,
      ),
    );
  await show({ 1: "anna" });
  await show({ 1: "older or newer, nobody knows", 2: "berta" });
  expect(element.textContent).toBe("annaberta");
  // Once somebody else is signed in, nothing that was sent before is theirs.
  await step(() => client.reset());
  await show({ 1: "anna", 2: "berta", 3: "clara" });
  expect(element.textContent).not.toContain("clara");
  expect(transport.lines).toHaveLength(3);
  await act(async () => page.unmount());
});

test("the page shows the code that is tested", () => {
  const text = readFileSync(join(__dirname, "../server-components.md"), "utf8");
  for (const file of ["album-page.tsx", "photos.tsx", "root.tsx"]) {
    expect(text).toContain(readFileSync(join(__dirname, file), "utf8").trim());
  }
});
