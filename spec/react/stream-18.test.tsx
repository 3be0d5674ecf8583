/** The same suite on the oldest supported React, which the workspace `spec/react-18` holds. */
import { version } from "react";
import { streamSuite } from "./stream.js";

jest.mock("react", () => jest.requireActual("../react-18/node_modules/react"));
jest.mock("react/jsx-runtime", () =>
  jest.requireActual("../react-18/node_modules/react/jsx-runtime"),
);

test("this is React 18", () => expect(version).toMatch(/^18\./));
describe("React 18", () =>
  streamSuite(
    "../react-18/node_modules/react-dom/server.node",
    "../react-18/node_modules/react-dom/client",
  ));
