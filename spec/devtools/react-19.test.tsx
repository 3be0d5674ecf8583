/** @jest-environment jsdom */
import { version } from "react";
import { panelSuite } from "./suite.js";

test("this is React 19", () => expect(version).toMatch(/^19\./));
describe("React 19", panelSuite);
