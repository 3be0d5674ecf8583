/** The committed server and client are what the generator makes of the contract now. */
import { expectCurrent } from "../support/current.js";

test("spec/blog/mizan is current", () => {
  expectCurrent({
    folder: __dirname,
    contract: "../conformance/generated/blog/contract.kdl",
    shownAs: "../conformance/generated/blog",
    clients: [{ react: true, testing: false }],
  });
});
