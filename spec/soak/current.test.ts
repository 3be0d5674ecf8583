/** The committed server and client are what the generator makes of the contract now. */
import { expectCurrent } from "../support/current.js";

test("spec/soak/mizan is current", () => {
  expectCurrent({
    folder: __dirname,
    contract: "contract.kdl",
    clients: [{ react: false, testing: false }],
  });
});
