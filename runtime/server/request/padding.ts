/**
 * Takes out the white space that may stand between a boundary and the end of its line (RFC 2046, 5.1.1), which
 * the parser would take for the first header of the part.
 *
 * Does: let everything else through as it came, piece by piece. Keeps back only what the next piece may yet make
 * a boundary of, or its white space.
 */
const CRLF = Buffer.from("\r\n");
const CR = 0x0d;
const LF = 0x0a;

/** Longer white space stays where it is, and the form is malformed: what is kept back must have a bound. */
const LONGEST = 100;

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

export class BoundaryPadding {
  readonly #delimiter: Buffer;
  /** The first boundary needs no line before it, so one is put there. */
  #held: Buffer = CRLF;
  #hasBegun = false;

  constructor(boundary: string) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  /** What can go on of this piece and of what was kept back. */
  take(piece: Uint8Array): Buffer {
    const whole = this.#held.length === 0 ? viewOf(piece) : Buffer.concat([this.#held, piece]);
    const done: Buffer[] = [];
    let from = 0;
    let until = this.#beginsAt(whole);
    for (let at = whole.indexOf(this.#delimiter); at >= 0;) {
      const end = at + this.#delimiter.length;
      let next = end;
      while (next - end < LONGEST && isBlank(whole[next])) next++;
      if (next + 1 >= whole.length) {
        until = at;
        break;
      }
      if (next > end && whole[next] === CR && whole[next + 1] === LF) {
        done.push(whole.subarray(from, end));
        from = next;
      }
      at = whole.indexOf(this.#delimiter, end);
    }
    this.#held = whole.subarray(until);
    const rest = whole.subarray(from, until);
    return this.#withoutFirstLine(done.length === 0 ? rest : Buffer.concat([...done, rest]));
  }

  /** What was kept back, as nothing follows. */
  end(): Buffer {
    return this.#withoutFirstLine(this.#held);
  }

  #withoutFirstLine(out: Buffer): Buffer {
    if (this.#hasBegun || out.length === 0) return out;
    this.#hasBegun = true;
    return out.subarray(CRLF.length);
  }

  /** Where the last bytes may be the beginning of a boundary; the end where they are not. */
  #beginsAt(whole: Buffer): number {
    const at = whole.lastIndexOf(CR);
    const tail = whole.subarray(at);
    const mayBegin =
      at >= 0 &&
      tail.length < this.#delimiter.length &&
      tail.equals(this.#delimiter.subarray(0, tail.length));
    return mayBegin ? at : whole.length;
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
