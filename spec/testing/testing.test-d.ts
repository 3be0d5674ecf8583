/** What generated test servers and examples let pass, checked by the compiler. */
import { http, type HttpHandler } from "msw";
import { mswHandlers, type FakeRun } from "@mizan/runtime/testing";
import type { Profile, Role } from "../../generated/shop/client/index.js";
import {
  createTestMizan,
  exampleOrderCountOutput,
  exampleProfile,
  exampleRole,
} from "../../generated/shop/client/testing.js";
import type { Fakes } from "../../generated/shop/client/testing/handlers.js";

export const server = createTestMizan(
  {
    // Inputs are parsed, so that what has a default is there; outputs may be as rich as a handler's.
    searchOrders: ({ page, q }) => (page + 1 > 0 && q?.trim() === "" ? null : []),
    userProfile: ({ user_id }) => ({ ...exampleProfile({ user_id }), joined_at: new Date() }),
    placeOrder: (_, ctx) => {
      // @ts-expect-error -- not declared for this function
      if (Math.random() > 0.5) throw ctx.errors.Broken();
      throw ctx.errors.OutOfStock({ sku: "a", left: 0 });
    },
    listOrders: (_, { user }) => (user.id === 1 ? [] : []),
    // @ts-expect-error -- fields are missing
    renameUser: ({ user_id, name }) => ({ user_id, name }),
    // @ts-expect-error -- no such input
    ping: ({ nothing }) => nothing,
  },
  {
    user: { id: 1, isStaff: true },
    predicates: { owns_profile: ({ user, input }) => user?.id === input.user_id },
  },
);

// @ts-expect-error -- no such function; private ones are none either
createTestMizan({ rebuildIndex: () => {} });
// @ts-expect-error -- no such predicate
createTestMizan({}, { predicates: { owns_order: () => true } });
// @ts-expect-error -- users have an id
createTestMizan({}, { user: {} });

export function runs(run: FakeRun<Fakes>): string | null {
  // Which function it was tells what its input is.
  if (run.fn === "renameUser") return run.input.name;
  // @ts-expect-error -- not every input has a name
  return run.input.name;
}

export const profile: Profile = exampleProfile({ name: "Ada" }, 2);
export const role: Role = exampleRole();
export const count: number = exampleOrderCountOutput(3);
// @ts-expect-error -- of another type
exampleProfile({ name: 5 });
// @ts-expect-error -- no such field
exampleProfile({ nick: "x" });
// @ts-expect-error -- the answer is a number
exampleOrderCountOutput("3");

export const handlers: readonly HttpHandler[] = mswHandlers(server, { http, baseUrl: "/api" });
// @ts-expect-error -- somebody has to bring msw
mswHandlers(server, {});
