import type { FindProfileHandler } from "../mizan/server/handlers.js";
import { state } from "../state.js";

export const findProfile: FindProfileHandler = async ({ name }) => {
  const known = [...state.users].find(([, each]) => each === name);
  if (!known) throw new Error(`nobody is named ${name}`);
  return { user_id: known[0], name };
};
