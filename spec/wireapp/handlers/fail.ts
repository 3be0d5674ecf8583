import type { FailHandler } from "../mizan/server/handlers.js";

export const fail: FailHandler = async ({ how }, { errors }) => {
  switch (how) {
    case "not_found":
      throw errors.NoSuchThing();
    case "bad_request":
      throw errors.BadThing({ a: 1 });
    case "validation":
      throw errors.InvalidThing({ fields: { x: ["no"] } });
    case "validation_plain":
      throw errors.InvalidPlain();
    case "unauthorized":
      throw errors.WhoAreYou();
    case "forbidden":
      throw errors.NotYou();
    case "internal":
      throw errors.InternalThing({ b: 2 });
    case "not_implemented":
      throw errors.NotYetThere();
    default:
      throw new Error("the secret reason");
  }
};
