/** The committed server and client are what the generator makes of the contract now. */
import { expectCurrent } from "../support/current.js";

test("spec/album/mizan is current", () => {
  expectCurrent({
    folder: __dirname,
    contract: "../conformance/generated/album/contract.kdl",
    shownAs: "../conformance/generated/album",
    clients: [{ react: true, testing: false }],
  });
});
