/**
 * What a generated `testing.ts` and the modules beside it import, and nothing else. Version 1: additions only.
 *
 * ```ts
 * testMizanOf(contract, [["renameUser", "rename_user"]]) : CreateTestMizan<Fakes, Predicates>
 * exampleOf(contract)("Profile")                         : Example<Profile>
 * exampleValueOf(contract)(enumOf("admin", "guest"))     : ExampleOf<Role>
 * ```
 *
 * Fakes are handlers, so the types of handlers and the constructors of definitions are those of servers.
 */
export * from "./server.js";
export { exampleOf, exampleValueOf } from "../../testing/examples/example-of.js";
export type { Example, ExampleOf } from "../../testing/examples/types.js";
export { testMizanOf } from "../../testing/test-mizan.js";
export type { CreateTestMizan } from "../../testing/types.js";
