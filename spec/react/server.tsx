import { StrictMode } from "react";
import { renderToString } from "react-dom/server.node";
import { createClient, snapshotOf, type Client } from "@mizan/runtime/client";
import { MizanHydrate } from "@mizan/runtime/react";
import {
  MizanContext,
  UserContext,
  createTestServer,
  globalContext,
  openPage,
  useRenameUser,
  useUserContext,
  userBundle,
  userContext,
} from "./harness.js";

function User() {
  const { status, data } = useUserContext();
  const { isPending } = useRenameUser();
  return (
    <p>
      {status} {data === null ? "no data" : "data"} {String(isPending)}
    </p>
  );
}

export function serverSuite(): void {
  test("renders what a snapshot holds, and a page that has it asks for nothing", async () => {
    const snapshot = [
      snapshotOf(userContext, { user_id: 5 }, userBundle(5, "Ada")),
      snapshotOf(globalContext, {}, { motd: "hello" }),
    ];
    const tree = (client: Client) => (
      <MizanContext client={client}>
        <MizanHydrate snapshot={snapshot}>
          <UserContext user_id={5}>
            <User />
          </UserContext>
        </MizanHydrate>
      </MizanContext>
    );
    const transport = createTestServer();
    const html = renderToString(tree(createClient({ transport })));
    expect(html.replaceAll("<!-- -->", "")).toBe("<p>success data false</p>");
    const page = openPage();
    await page.render(<StrictMode>{tree(page.client)}</StrictMode>);
    expect(page.text()).toBe("success data false");
    expect([...transport.lines, ...page.server.lines]).toEqual([]);
  });

  test("renders without a request, a timer or a registration", () => {
    const timers = [
      jest.spyOn(globalThis, "setTimeout"),
      jest.spyOn(globalThis, "setInterval"),
      jest.spyOn(globalThis, "queueMicrotask"),
    ];
    const transport = createTestServer();
    const events: string[] = [];
    const client = createClient({ transport, onEvent: ({ type }) => events.push(type) });
    const html = renderToString(
      <MizanContext client={client}>
        <UserContext user_id={5}>
          <User />
        </UserContext>
      </MizanContext>,
    );
    expect(html.replaceAll("<!-- -->", "")).toBe("<p>loading no data false</p>");
    expect(transport.lines).toEqual([]);
    expect(events).toEqual([]);
    for (const timer of timers) {
      expect(timer).not.toHaveBeenCalled();
      timer.mockRestore();
    }
  });
}
