/** The committed server is what the generator makes of the contract now. */
import { expectCurrent } from "../support/current.js";

test("spec/wireapp/mizan is current", () => {
  expectCurrent({ folder: __dirname, contract: "../conformance/wire/wireapp.kdl", clients: [] });
});
