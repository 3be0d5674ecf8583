/** As much of the global `Buffer` as the way of a call takes: injected by the build, so nothing else is exported. */
import { missing } from "./missing.js";
import { fromUtf8, toBytes, toUtf8 } from "./utf8.js";

class Bytes extends Uint8Array {
  override toString(encoding = "utf8"): string {
    if (encoding === "utf8") return fromUtf8(this);
    let binary = "";
    for (const byte of this) binary += String.fromCharCode(byte);
    return encoding === "base64" ? btoa(binary) : binary;
  }
}

export const Buffer: {
  readonly from: (value: string | ArrayBuffer, offset?: number | string, length?: number) => Bytes;
  readonly byteLength: (text: string) => number;
  readonly concat: () => never;
  readonly allocUnsafe: (size: number) => Bytes;
} = {
  from: (value, offset, length) => {
    if (typeof value !== "string") return new Bytes(value, Number(offset ?? 0), length);
    return new Bytes(offset === "latin1" ? toBytes(value) : toUtf8(value));
  },
  byteLength: (text) => toUtf8(text).length,
  concat: missing("Buffer.concat"),
  allocUnsafe: (size) => new Bytes(size),
};
