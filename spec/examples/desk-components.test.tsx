/**
 * @jest-environment jsdom
 *
 * Components of the desk, tested as a team would: against its contract, without its server or database.
 */
import { fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import {
  MizanContext,
  TicketContext,
  useTicketThread,
} from "../../examples/desk/src/mizan/client/index.js";
import {
  createTestMizan,
  exampleDeskCounts,
  exampleMessage,
  exampleTicket,
} from "../../examples/desk/src/mizan/client/testing.js";
import { Composer } from "../../examples/desk/src/web/views/composer.js";

const server = createTestMizan(
  {
    currentPerson: () => null,
    deskCounts: () => exampleDeskCounts(),
    team: () => [],
    ticketDetail: ({ ticket_id }) => exampleTicket({ id: ticket_id }),
    ticketThread: ({ ticket_id }) => [exampleMessage({ ticket_id, body: "It does not start" })],
    postMessage: (message) => exampleMessage({ ...message, id: 2 }, 2),
  },
  { user: { id: 1 } },
);
beforeEach(() => server.reset());

function Thread() {
  return (
    <ul>
      {useTicketThread()?.map(({ id, body }) => (
        <li key={id}>{body}</li>
      ))}
    </ul>
  );
}

async function open(view: ReactNode): Promise<HTMLElement> {
  render(
    <MizanContext client={server.client}>
      <TicketContext ticket_id={7}>
        <Thread />
        {view}
      </TicketContext>
    </MizanContext>,
  );
  await screen.findByText("It does not start");
  return screen.getByLabelText("Reply");
}

const write = (box: HTMLElement, text: string): void => {
  fireEvent.change(box, { target: { value: text } });
};

test("a reply stands in the conversation, and the box is empty again", async () => {
  const box = await open(<Composer ticketId={7} />);
  write(box, "Is it plugged in?");
  fireEvent.click(screen.getByText("Send reply"));
  await screen.findByText("Is it plugged in?", { selector: "li" });
  expect(box).toHaveProperty("value", "");
  expect(server.calls).toEqual([
    { fn: "postMessage", input: { ticket_id: 7, body: "Is it plugged in?", internal: false } },
  ]);
});

test("a guest is told to sign in, and what was written stays", async () => {
  server.user = null;
  const box = await open(<Composer ticketId={7} />);
  write(box, "Hello");
  fireEvent.click(screen.getByLabelText("Note among colleagues"));
  fireEvent.click(screen.getByText("Add note"));
  expect((await screen.findByRole("alert")).textContent).toMatch(/Sign in/);
  expect(screen.getByLabelText("Note")).toHaveProperty("value", "Hello");
  expect(server.calls).toEqual([]);
});

test("a ticket that is gone meanwhile is told in the words of the contract", async () => {
  server.fake({
    postMessage: ({ ticket_id }, ctx) => {
      throw ctx.errors.TicketNotFound({ ticket_id });
    },
  });
  const box = await open(<Composer ticketId={7} />);
  write(box, "Too late");
  fireEvent.click(screen.getByText("Send reply"));
  expect((await screen.findByRole("alert")).textContent).toBe(
    "This ticket does not exist any more",
  );
});
