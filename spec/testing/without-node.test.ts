/** What stands for Node in browsers, against Node. */
import fc from "fast-check";
import { isUtf8 } from "node:buffer";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { Dicer } from "../../runtime/testing/browser/absent.js";
import { Buffer as Bytes } from "../../runtime/testing/browser/buffer.js";
import * as node from "../../runtime/testing/browser/node.js";

const check = <T>(values: fc.Arbitrary<T>, holds: (value: T) => void): void =>
  fc.assert(fc.property(values, holds), { numRuns: 200, seed: 7 });
const texts = fc.string({ unit: "binary", maxLength: 30 });

test("texts become the bytes that they become there, and come back", () => {
  check(texts, (text) => {
    const bytes = Bytes.from(text);
    expect([...bytes]).toEqual([...Buffer.from(text)]);
    expect(bytes.toString("utf8")).toBe(text.toWellFormed());
    expect(Bytes.byteLength(text)).toBe(Buffer.byteLength(text));
  });
});

test("bytes are UTF-8 or not, as there, and are written as there", () => {
  check(fc.uint8Array({ maxLength: 6 }), (bytes) => {
    expect([bytes, node.isUtf8(bytes)]).toEqual([bytes, isUtf8(bytes)]);
    const padded = new Uint8Array([1, ...bytes, 2]);
    const part = Bytes.from(padded.buffer, 1, bytes.length);
    expect(part.toString("base64")).toBe(Buffer.from(bytes).toString("base64"));
    expect(part.toString("latin1")).toBe(Buffer.from(bytes).toString("latin1"));
  });
});

test("headers are refused where they are there", () => {
  const passes = (work: () => void): boolean => {
    try {
      work();
      return true;
    } catch {
      return false;
    }
  };
  check(fc.string({ unit: "binary", maxLength: 4 }), (text) => {
    expect(passes(() => node.validateHeaderName(text))).toBe(
      passes(() => validateHeaderName(text)),
    );
    expect(passes(() => node.validateHeaderValue("a", text))).toBe(
      passes(() => validateHeaderValue("a", text)),
    );
  });
});

test("hashes tell texts apart and are the same again; ids are ids", () => {
  const hash = (text: string): string => node.createHash("sha256").update(text).digest("base64url");
  check(fc.tuple(texts, texts), ([one, other]) => {
    expect(hash(one) === hash(other)).toBe(one === other);
    expect(hash(one)).toMatch(/^[\da-f]{64}$/);
  });
  const ids = Array.from({ length: 100 }, () => node.randomUUID());
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) {
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
  }
});

test("what is not there says so when it is asked for", () => {
  for (const absent of [node.createHmac, node.open, node.unlink, node.Readable, Bytes.concat]) {
    expect(absent).toThrow("not there in a browser");
  }
  expect(() => new Dicer()).toThrow("forms with files");
});
