/**
 * What a function asks of the one who calls it: a role, looked at before the input, or a predicate of the
 * application, which sees the checked input.
 *
 * Each answers a refusal or null, and throws only where application code threw.
 */
import { forbidden, unauthorized, type Refusal } from "../answer/refusal.js";
import type { CompiledFunction } from "../compiled.js";
import type { BaseUser } from "../register.js";
import type { Exchange } from "../running/exchange.js";

export function checkGuard(fn: CompiledFunction, user: BaseUser | null): Refusal | null {
  const { guard } = fn.definition;
  if (guard === undefined || "predicate" in guard) return null;
  if (user === null) return unauthorized();
  const { isStaff, isSuperuser } = user;
  switch (guard.role) {
    case "required":
      return null;
    case "staff":
      return isStaff === true || isSuperuser === true ? null : forbidden("Staff access required");
    case "superuser":
      return isSuperuser === true ? null : forbidden("Superuser access required");
  }
}

/** Only `true` passes: an answer that means nothing must not open a door. */
export async function checkPredicate(
  fn: CompiledFunction,
  exchange: Exchange,
  input: unknown,
): Promise<Refusal | null> {
  if (fn.predicate === null) return null;
  const asked = { user: exchange.user, input, req: exchange.request.native };
  let passes: unknown;
  try {
    passes = await fn.predicate(asked);
  } catch (thrown) {
    // Nothing that it throws is an answer, and without its name the log would blame the handler.
    throw new Error(`The predicate of ${fn.name} failed`, { cause: thrown });
  }
  return passes === true ? null : forbidden("Access denied");
}
