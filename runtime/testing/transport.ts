/** From a client to the server in memory: as within any process, and files travel too, as the form that they are. */
import type { Transport } from "../client/index.js";
import { carriesFiles, createSend, inProcess } from "../server/adapters/in-process.js";
import type { ContractDefinition, Field, Shape } from "../server/definition.js";
import type { Mizan } from "../server/server.js";
import { toForm } from "../wire/form.js";

export function transportTo(mizan: Pick<Mizan, "handle">, contract: ContractDefinition): Transport {
  const plain = inProcess(mizan);
  const send = createSend(mizan);
  const kinds = new Map(
    contract.functions.map(({ name, input }) => [name, input.flatMap(jsonKind)]),
  );
  return {
    fetch: plain.fetch,
    call: async (fn, args, request) => {
      const form = carriesFiles(args) ? toForm(fn, args, kinds.get(fn) ?? []) : null;
      if (form === null) return plain.call(fn, args, request);
      const body = await bytesOf(form.body);
      request.onSend();
      const headers = { ...request.headers, ...form.headers };
      return send({ method: "POST", path: "/call/", headers, body });
    },
  };
}

/** In a form, what any JSON value may stand for is JSON text in any case. */
function jsonKind({ name, shape }: Field): readonly string[] {
  const inner = withoutOptional(shape);
  if (inner.kind === "json") return [`${name}:json`];
  return inner.kind === "list" && withoutOptional(inner.item).kind === "json"
    ? [`${name}:jsons`]
    : [];
}

const withoutOptional = (shape: Shape): Shape => (shape.kind === "optional" ? shape.inner : shape);

/** jsdom reads blobs in the old way only. */
const bytesOf = (blob: Blob): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    if (typeof FileReader === "undefined") {
      blob.arrayBuffer().then((buffer) => resolve(new Uint8Array(buffer)), reject);
      return;
    }
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error ?? new Error("a file cannot be read"));
    reader.onload = () => {
      const { result } = reader;
      if (typeof result !== "string" && result !== null) resolve(new Uint8Array(result));
    };
    reader.readAsArrayBuffer(blob);
  });
