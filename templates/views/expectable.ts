/** What calls may say of a context before they are answered. */
import { assertNever } from "../../ir/assert-never.js";
import type { NamedContext, NamedFunction, World } from "./names.js";

/** The contexts that a function affects or merges into: of them a call may say what it is expected to change. */
export function expectable(
  { fn }: NamedFunction,
  { contexts, contextOf }: World,
): readonly NamedContext[] {
  const reached = new Set<NamedContext>();
  const reach = (key: string): void => {
    const named = contextOf.get(key);
    if (named !== undefined) reached.add(named);
  };
  for (const affect of fn.affects) {
    switch (affect.kind) {
      case "context":
        reach(`context ${affect.context}`);
        break;
      case "function":
        reach(`function ${affect.function}`);
        break;
      case "everything":
        for (const named of contexts) reached.add(named);
        break;
      default:
        assertNever(affect);
    }
  }
  for (const { context } of fn.merges) reach(`context ${context}`);
  return [...reached];
}
