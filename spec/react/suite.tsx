/** The promises of the React binding, kept on every supported React: see `react-18.test.tsx` and `react-19.test.tsx`. */
import { contextSuite } from "./contexts.js";
import { closePages } from "./harness.js";
import { infiniteSuite } from "./infinite.js";
import { mutationSuite } from "./mutations.js";
import { paramSuite } from "./params.js";
import { pollingSuite } from "./polling.js";
import { returnSuite } from "./returns.js";
import { rootSuite } from "./roots.js";
import { serverSuite } from "./server.js";
import { suspenseSuite } from "./suspense.js";
import { tearingSuite } from "./tearing.js";

export function bindingSuite(): void {
  beforeAll(() => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  });
  afterEach(closePages);
  describe("contexts", contextSuite);
  describe("params", paramSuite);
  describe("returns to the page", returnSuite);
  describe("polling", pollingSuite);
  describe("lists in pages", infiniteSuite);
  describe("mutations", mutationSuite);
  describe("roots", rootSuite);
  describe("server rendering", serverSuite);
  describe("suspense", suspenseSuite);
  describe("concurrent rendering", tearingSuite);
}
