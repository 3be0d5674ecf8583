import { version } from "react";
import { streamSuite } from "./stream.js";

test("this is React 19", () => expect(version).toMatch(/^19\./));
describe("React 19", () => streamSuite("react-dom/server.node", "react-dom/client"));
