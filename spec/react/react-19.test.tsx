/** @jest-environment jsdom */
import { version } from "react";
import { activitySuite } from "./activity.js";
import { bindingSuite } from "./suite.js";

test("this is React 19", () => expect(version).toMatch(/^19\./));
describe("React 19", () => {
  bindingSuite();
  describe("what Activity hides", activitySuite);
});
