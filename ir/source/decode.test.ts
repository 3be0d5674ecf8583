import { decodeSource, largestFile } from "./decode.js";

const bytesOf = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...new TextEncoder().encode(part)] : part,
    ),
  );

test.each<[string, Uint8Array, string]>([
  ["nothing", bytesOf(), ""],
  ["text", bytesOf("type A // é 😀"), "type A // é 😀"],
  ["a byte order mark", bytesOf([0xef, 0xbb, 0xbf], "type A"), "type A"],
  ["a replacement character", bytesOf("a \ufffd b"), "a \ufffd b"],
  ["the most bytes allowed", new Uint8Array(largestFile).fill(0x61), "a".repeat(largestFile)],
])("%s is decoded", (_, bytes, expected) => {
  expect(decodeSource(bytes, 2)).toEqual({ value: expected, diagnostics: [] });
});

test.each<[string, Uint8Array, string, number]>([
  ["a byte of Latin-1", bytesOf("// caf", [0xe9], " x"), "// caf\ufffd x", 6],
  ["a stray continuation", bytesOf("aé", [0x80], "b"), "aé\ufffdb", 2],
  ["a sequence cut off", bytesOf("a", [0xf0, 0x9f, 0x98]), "a\ufffd", 1],
  ["a sequence broken off", bytesOf("a", [0xf0, 0x9f], "b"), "a\ufffdb", 1],
  ["an overlong form", bytesOf("a", [0xc0, 0xaf]), "a\ufffd\ufffd", 1],
  ["a surrogate", bytesOf("ab", [0xed, 0xa0, 0x80]), "ab\ufffd\ufffd\ufffd", 2],
  ["a real replacement character before the fault", bytesOf("\ufffd", [0xff]), "\ufffd\ufffd", 1],
  ["a fault behind a byte order mark", bytesOf([0xef, 0xbb, 0xbf], "a", [0xff]), "a\ufffd", 1],
  ["UTF-16, little end first", bytesOf([0xff, 0xfe, 0x61, 0, 0xe9, 0]), "aé", 0],
  ["UTF-16, big end first", bytesOf([0xfe, 0xff, 0, 0x61, 0, 0xe9]), "aé", 0],
])("%s is refused at its place, and decoded all the same", (_, bytes, text, start) => {
  const { value, diagnostics } = decodeSource(bytes, 2);
  expect(value).toBe(text);
  expect(diagnostics).toMatchObject([
    {
      code: "MZ1024",
      primary: { span: { file: 2, start, end: start } },
      help: "save the file as UTF-8",
    },
  ]);
});

test("a file with more bytes is refused unread", () => {
  expect(decodeSource(new Uint8Array(largestFile + 1), 2)).toMatchObject({
    value: "",
    diagnostics: [{ code: "MZ1023", primary: { span: { file: 2, start: 0, end: 0 } } }],
  });
});
