/**
 * A call's form. A sender who will be refused anyway must not fill our disk first: once the field `fn` has come,
 * a file is kept only if that function takes one there and its sender may call it, and no more of it than the
 * contract allows. All the same the whole form is read, so that the checks come in their order.
 */
import { badRequest, type Refusal } from "../answer/refusal.js";
import { checkGuard } from "../identity/guards.js";
import { identify } from "../identity/identify.js";
import { acceptsContract } from "../request/handshake.js";
import { readForm, type Form, type FormRead } from "../request/multipart.js";
import type { Exchange } from "../running/exchange.js";
import { fileShapeOf } from "../uploads/limits.js";
import { openStore } from "../uploads/open-store.js";

export async function readCallForm(exchange: Exchange, boundary: string): Promise<FormRead> {
  const { core, request } = exchange;
  const store = openStore(exchange);
  const limits = { ...core.uploads, textBytes: core.bodyLimit };
  /** The function that files were kept or passed over for. */
  let judged: string | null = null;
  const read = await readForm(request, boundary, limits, store, (texts, field) => {
    const name = texts.get("fn")?.at(-1);
    if (name === undefined) return Promise.resolve(Infinity);
    judged ??= name;
    return bytesWorthKeeping(exchange, name, field);
  });
  const refusal = read.refusal ?? (judged === null ? null : checkSame(read.form, judged));
  return refusal === null ? read : { refusal };
}

/** The last `fn` counts, but files cannot be judged again. */
const checkSame = (form: Form, judged: string): Refusal | null =>
  fnOf(form) === judged ? null : badRequest("The field 'fn' must not change after a file");

export const fnOf = (form: Form): string | undefined => form.texts.get("fn")?.at(-1);

async function bytesWorthKeeping(exchange: Exchange, name: string, arg: string): Promise<number> {
  const fn = exchange.core.contract.functions.get(name);
  if (fn === undefined || fn.definition.private === true || !acceptsContract(exchange)) {
    return 0;
  }
  const field = fn.definition.input.find((declared) => declared.name === arg);
  const shape = field === undefined ? null : fileShapeOf(field.shape);
  if (shape === null) return 0;
  if (fn.definition.guard !== undefined) {
    await identify(exchange);
    // The time that a handler has does not run while its input is on the way.
    exchange.startedAt = null;
    if (checkGuard(fn, exchange.user) !== null) return 0;
  }
  return shape.maxBytes ?? Infinity;
}
