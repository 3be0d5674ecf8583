import { readFileSync } from "node:fs";
import { join } from "node:path";
import { permissionKey } from "./permission-key.js";

type Recorded = Parameters<typeof permissionKey>[0] & { readonly pkey: string };

const file = join(__dirname, "../../../spec/conformance/mwt.json");
const recorded: readonly Recorded[] = JSON.parse(readFileSync(file, "utf8"));

test.each(recorded)("$permissions, staff $staff, superuser $superuser", ({ pkey, ...user }) => {
  expect(permissionKey(user)).toBe(pkey);
});
