/** @jest-environment jsdom */
import { fireEvent, render, screen } from "@testing-library/react";
import { MizanContext, UserContext } from "../../../generated/readme/client/index.js";
import { createTestMizan, exampleProfile } from "../../../generated/readme/client/testing.js";
import { Renaming } from "./renaming.js";

test("a new name is shown", async () => {
  const server = createTestMizan({
    userProfile: ({ user_id }) => exampleProfile({ user_id, name: "Ada" }),
    userOrders: () => [],
    renameUser: ({ user_id, name }) => exampleProfile({ user_id, name }),
  });
  render(
    <MizanContext client={server.client}>
      <UserContext user_id={5}>
        <Renaming userId={5} />
      </UserContext>
    </MizanContext>,
  );
  await screen.findByRole("heading", { name: "Ada" });
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "Grace" } });
  fireEvent.click(screen.getByText("Rename"));
  await screen.findByRole("heading", { name: "Grace" }); // the declared merge, as in production
  expect(server.calls).toEqual([{ fn: "renameUser", input: { user_id: 5, name: "Grace" } }]);
});
