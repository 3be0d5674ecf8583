/**
 * What `spec/coming-from-tanstack-query.md` answers is code that runs, and does what is said of it.
 *
 * @jest-environment jsdom
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Suspense, type ReactElement, type ReactNode } from "react";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { createClient, watch } from "@mizan/runtime/client";
import { MizanContext, UserContext, userContext } from "../../../generated/readme/client/index.js";
import { createTestMizan, exampleOrder } from "../../../generated/readme/client/testing.js";
import {
  Chosen,
  Details,
  Everybody,
  Heading,
  Name,
  RenameButton,
  keep,
  restore,
  useIsReading,
  userRoute,
} from "./answers.js";

const names = new Map<number, string>();
let isDown = false;
const server = createTestMizan({
  userProfile: ({ user_id }) => {
    if (isDown) throw new Error("down");
    return { user_id, name: names.get(user_id) ?? "Nobody" };
  },
  userOrders: () => [exampleOrder({ sku: "b" }, 1), exampleOrder({ sku: "a" }, 2)],
  renameUser: ({ user_id, name }) => {
    if (isDown) throw new Error("down");
    names.set(user_id, name);
    return { user_id, name };
  },
});

beforeEach(() => {
  server.reset();
  names.clear();
  names.set(5, "Ada").set(6, "Grace");
  isDown = false;
});

const page = (children: ReactNode, client = server.client): ReactElement => (
  <MizanContext client={client}>
    <Suspense fallback="…">{children}</Suspense>
  </MizanContext>
);
const readsOf = (userId: number): number =>
  server.reads.filter(({ fn, input }) => fn === "userProfile" && input.user_id === userId).length;

test("the page shows code of the file beside this one", () => {
  const source = readFileSync(join(__dirname, "answers.tsx"), "utf8");
  const text = readFileSync(join(__dirname, "../../coming-from-tanstack-query.md"), "utf8");
  const blocks = [...text.matchAll(/```tsx\n([^]*?)```/g)].map(([, block = ""]) => block.trim());
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks) expect(source).toContain(block);
});

test("without a user nothing is asked for, and while another one comes the one before stays", async () => {
  const { rerender } = render(page(<Chosen userId={null} />));
  expect(server.reads).toEqual([]);
  rerender(page(<Chosen userId={5} />));
  await screen.findByText("Ada");
  rerender(page(<Chosen userId={6} />));
  screen.getByText("Ada");
  await screen.findByText("Grace");
});

test("what failed is tried again", async () => {
  jest.spyOn(console, "error").mockImplementation();
  isDown = true;
  render(page(<Chosen userId={5} />));
  const button = await screen.findByRole("button");
  isDown = false;
  fireEvent.click(button);
  await screen.findByText("Ada");
});

test("many of a kind are asked for in one request", async () => {
  const sent: unknown[] = [];
  const fetch = async (...[, init]: Parameters<typeof globalThis.fetch>): Promise<Response> => {
    sent.push(init?.body);
    return new Promise(() => {});
  };
  const { unmount } = render(page(<Everybody userIds={[5, 6]} />, createClient({ fetch })));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toContain('"user_id":"5"');
  expect(sent[0]).toContain('"user_id":"6"');
  unmount();
});

test("what is known stands in for what has not come, and what is shown is made of it", async () => {
  render(
    page(
      <UserContext user_id={5}>
        <Heading known={{ user_id: 5, name: "A." }} />
      </UserContext>,
    ),
  );
  screen.getByText("A.");
  expect((await screen.findByText("Ada")).title).toBe("a, b");
});

test("a failure is forgotten with its params", async () => {
  jest.spyOn(console, "error").mockImplementation();
  isDown = true;
  const { rerender } = render(page(<Details userId={5} />));
  await screen.findByText("Try again");
  isDown = false;
  rerender(page(<Details userId={6} />));
  await screen.findByText("Grace");
});

test("what a loader has read is not read again", async () => {
  await expect(userRoute(server.client).loader({ params: { id: "5" } })).resolves.toBeNull();
  render(page(<Chosen userId={5} />));
  screen.getByText("Ada");
  expect(readsOf(5)).toBe(1);
});

test("the indicator is on while anything is read", async () => {
  const shown: boolean[] = [];
  function Indicator(): null {
    shown.push(useIsReading());
    return null;
  }
  const { rerender } = render(page(<Indicator />));
  rerender(
    page(
      <>
        <Indicator />
        <Chosen userId={5} />
      </>,
    ),
  );
  await screen.findByText("Ada");
  await waitFor(() => expect(shown.at(-1)).toBe(false));
  expect(shown).toContain(true);
});

test("what is expected is shown at once, and gone where it failed", async () => {
  jest.spyOn(console, "error").mockImplementation();
  const alert = jest.spyOn(window, "alert").mockImplementation();
  render(
    page(
      <UserContext user_id={5}>
        <Name />
        <RenameButton name="Eve" />
      </UserContext>,
    ),
  );
  await screen.findByText("Ada");
  isDown = true;
  fireEvent.click(screen.getByText("Rename"));
  screen.getByText("Eve");
  await waitFor(() => expect(alert).toHaveBeenCalledTimes(1));
  isDown = false;
  await screen.findByText("Ada");
  fireEvent.click(screen.getByText("Rename"));
  await act(() => Promise.resolve());
  await screen.findByText("Eve");
});

test("what was kept is shown before it is asked for, and asked for", async () => {
  const first = watch(server.client, userContext, { user_id: 5 });
  await waitFor(() => expect(first.getState().data).not.toBeNull());
  keep(server.client, "of Ada");
  names.set(5, "Augusta");
  const client = createClient({ transport: server.transport });
  restore(client, "nobody's");
  restore(client, "of Ada");
  render(page(<Chosen userId={5} />, client));
  screen.getByText("Ada");
  await screen.findByText("Augusta");
  first.release();
});
