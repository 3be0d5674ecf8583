/**
 * Texts that a regular expression matches, made by walking its source (of the `u` flag). What only looks around,
 * and what refers to word boundaries, counts as empty; whether a text matches all the same is the caller's to ask.
 */

type Node =
  /** One character, as a class or an escape says it. */
  | { readonly kind: "character"; readonly source: string }
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "sequence"; readonly parts: readonly Node[] }
  | { readonly kind: "choice"; readonly branches: readonly Node[] }
  | { readonly kind: "repeat"; readonly of: Node; readonly min: number; readonly max: number }
  /** Captures, under a number and perhaps a name. */
  | { readonly kind: "group"; readonly of: Node; readonly index: number; readonly name: string }
  | { readonly kind: "backreference"; readonly to: string };

const TRIES = 200;

/** Different ones first; longer ones later, up to what `minLength` may need. */
export function* matchesOf(source: string, seed: number, minLength: number): Generator<string> {
  const tree = parse(source);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const extra = attempt < 4 ? attempt : Math.ceil((attempt / TRIES) * (minLength + 20));
    yield write(tree, seed + attempt, extra);
  }
}

// ---- reading

function parse(source: string): Node {
  let at = 0;
  let groups = 0;
  return readChoice();

  function readChoice(): Node {
    const branches = [readSequence()];
    while (source[at] === "|") {
      at++;
      branches.push(readSequence());
    }
    return { kind: "choice", branches };
  }

  function readSequence(): Node {
    const parts: Node[] = [];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") {
      const atom = readAtom();
      if (atom !== null) parts.push(readQuantifier(atom));
    }
    return { kind: "sequence", parts };
  }

  function readQuantifier(of: Node): Node {
    const [text, exact, from, to] =
      /^(?:[*+?]|\{(\d+)\}|\{(\d+),(\d*)\})\??/.exec(source.slice(at)) ?? [];
    if (text === undefined) return of;
    at += text.length;
    if (exact !== undefined) return { kind: "repeat", of, min: Number(exact), max: Number(exact) };
    if (from !== undefined) {
      return { kind: "repeat", of, min: Number(from), max: to ? Number(to) : Infinity };
    }
    return {
      kind: "repeat",
      of,
      min: text.startsWith("+") ? 1 : 0,
      max: text.startsWith("?") ? 1 : Infinity,
    };
  }

  /** Null for what takes no character. */
  function readAtom(): Node | null {
    const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
    at += character.length;
    switch (character) {
      case "^":
      case "$":
        return null;
      case "(":
        return readGroup();
      case "[":
        return { kind: "character", source: readClass() };
      case ".":
        return { kind: "character", source: "." };
      case "\\":
        return readEscape();
      default:
        return { kind: "literal", text: character };
    }
  }

  function readGroup(): Node | null {
    const [head = "", name = ""] =
      /^\?(?:<([^=!>]+)>|<[=!]|[=!:]|[a-z-]+:)/.exec(source.slice(at)) ?? [];
    at += head.length;
    const index = head === "" || name !== "" ? ++groups : 0;
    const of = readChoice();
    at++;
    if (/^\?<?[=!]/.test(head)) return null;
    return index === 0 ? of : { kind: "group", of, index, name };
  }

  /** From behind the bracket; with both brackets. */
  function readClass(): string {
    const start = at - 1;
    while (at < source.length && source[at] !== "]") at += source[at] === "\\" ? 2 : 1;
    at++;
    return source.slice(start, at);
  }

  function readEscape(): Node | null {
    const [text = ""] =
      /^(?:u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|k<[^>]*>|[1-9]\d*|[^])/u.exec(
        source.slice(at),
      ) ?? [];
    at += text.length;
    if (/^[bB]$/.test(text)) return null;
    const [, to] = /^(?:k<(.*)>|[1-9]\d*)$/.exec(text) ?? [];
    if (/^(?:k<|[1-9])/.test(text)) return { kind: "backreference", to: to ?? text };
    return { kind: "character", source: `\\${text}` };
  }
}

// ---- writing

/** `extra`: how often what may be repeated for ever is, beyond what it must. */
function write(tree: Node, seed: number, extra: number): string {
  const captured = new Map<string, string>();
  let state = seed >>> 0;
  return textOf(tree);

  /** One of so many. A linear congruence, of which the high bits are the better ones. */
  function draw(count: number): number {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % count;
  }

  function textOf(node: Node): string {
    switch (node.kind) {
      case "literal":
        return node.text;
      case "character": {
        const characters = charactersOf(node.source);
        return characters[draw(characters.length)] ?? "";
      }
      case "sequence":
        return node.parts.map(textOf).join("");
      case "choice": {
        const branch = node.branches[draw(node.branches.length)];
        return branch === undefined ? "" : textOf(branch);
      }
      case "repeat": {
        const count = Math.min(node.min + extra, node.max);
        return Array.from({ length: count }, () => textOf(node.of)).join("");
      }
      case "group": {
        const text = textOf(node.of);
        captured.set(String(node.index), text);
        captured.set(node.name, text);
        return text;
      }
      case "backreference":
        return captured.get(node.to) ?? "";
    }
  }
}

const USUAL = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];
const OTHERS = [...`-_. @/:,;+#'"!?()*&%$=<>[]{}~^|\\éßяα漢😀`];

/** Some characters that a class or an escape takes: letters and digits, or else others, or else the first of all. */
function charactersOf(source: string): readonly string[] {
  const isIn = new RegExp(`^(?:${source})$`, "u");
  for (const alphabet of [USUAL, OTHERS]) {
    const found = alphabet.filter((character) => isIn.test(character));
    if (found.length > 0) return found;
  }
  for (let code = 0; code <= 0x10ffff; code++) {
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    if (!isHalf && isIn.test(String.fromCodePoint(code))) return [String.fromCodePoint(code)];
  }
  return [];
}
