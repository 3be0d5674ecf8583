/**
 * Tests of components and pages against the contract, `@mizan/runtime/testing`: a server in memory whose
 * functions are fakes of the test, and example data. The target `testing` of a client generates what knows the
 * contract (`<client>/testing.ts`); here is what knows none.
 *
 * It is the real server that answers, `runtime/server` with the contract's definition: inputs are checked,
 * guards asked, effects worked out and outputs boxed as in production. Only handlers are the test's, and no
 * cache, no CSRF token and no time limit stand between. A client of it is the real kernel, on a transport
 * within the process.
 *
 * It listens on no socket, mocks no module, and keeps nothing outside the object that the test made.
 *
 * Words: a *fake* is a test's handler; a *run* is one time that a fake was asked; *examples* are values made
 * from a shape and a seed, the same ones each time.
 */
export { mswHandlers, type MswHttp, type MswOptions } from "./msw.js";
export type { CreateTestMizan, FakeRun, TestMizan, TestOptions } from "./types.js";
export type { Example, ExampleOf } from "./examples/types.js";
