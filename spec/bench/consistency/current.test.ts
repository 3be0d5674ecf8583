/** The committed server and client are what the generator makes of the contract now. */
import { expectCurrent } from "../../support/current.js";

test("spec/bench/consistency/mizan is current", () => {
  expectCurrent({
    folder: __dirname,
    contract: "contract.kdl",
    clients: [{ react: true, testing: false }],
  });
});
