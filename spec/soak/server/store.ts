/** What the handlers share: the record, and how its rows look in the contract. */
import type { Head, Item, Note, Secret } from "../mizan/server/types.js";
import type { Row } from "../record/history.js";
import { connectRecord } from "../record/socket.js";

export { groups } from "./store-names.js";

/** Without the record there is nothing to serve, nor anybody to serve it to. */
export const store = connectRecord(Number(process.env["SOAK_RECORD_PORT"]), () => process.exit(3));

/** The row that the driver made before the first request. */
export function seeded(row: Row | null): Row {
  if (row === null) throw new Error("a row is missing that was made at the start");
  return row;
}

export const toHead = ({ id, version, text }: Row): Head => ({
  shelf_id: id,
  version,
  name: text,
});

export const toItem = ({ id, version, text }: Row): Item => ({ id, version, title: text });

export const toNote = ({ id, version, text }: Row, owner: string): Note => ({
  id,
  version,
  owner,
  text,
});

export const toSecret = ({ id, version, text }: Row, owner: string): Secret => ({
  vault_id: id,
  version,
  owner,
  text,
});
