/**
 * The same suite on the oldest supported React, which the workspace `spec/react-18` holds.
 *
 * @jest-environment jsdom
 */
import { version } from "react";
import { panelSuite } from "./suite.js";

jest.mock("react", () => jest.requireActual("../react-18/node_modules/react"));
jest.mock("react/jsx-runtime", () =>
  jest.requireActual("../react-18/node_modules/react/jsx-runtime"),
);
jest.mock("react-dom/client", () =>
  jest.requireActual("../react-18/node_modules/react-dom/client"),
);
jest.mock("react-dom/server.node", () =>
  jest.requireActual("../react-18/node_modules/react-dom/server.node"),
);

test("this is React 18", () => expect(version).toMatch(/^18\./));
describe("React 18", panelSuite);
