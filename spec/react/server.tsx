import { renderToString } from "react-dom/server.node";
import { createClient } from "@mizan/runtime/client";
import {
  MizanContext,
  UserContext,
  createTestServer,
  useRenameUser,
  useUserContext,
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
