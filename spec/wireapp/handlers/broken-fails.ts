import type { BrokenFailsHandler } from "../mizan/server/handlers.js";

export const brokenFails: BrokenFailsHandler = async ({ how }, { errors }) => {
  switch (how) {
    case "not_found":
      throw errors.NoSuchThing();
    case "bad_request":
      throw errors.BadThing({ a: 1 });
    default:
      throw new Error("the secret reason");
  }
};
