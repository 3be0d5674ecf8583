/**
 * Random contracts that hold every rule of the language: what a generator, a server or a printer must be
 * able to take. The same seed gives the same contract.
 *
 *     const contract = randomContract(7, { supported: true });
 *     const files = renderContract(contract, 1);   // short form; another number, another order and spread
 *
 * A contract is a model whose parts know which order matters: fields and effects keep theirs, while nodes,
 * files, options, and whether a function stands in its context's block are chosen anew by `renderContract`.
 * Names and texts are as nasty as the language allows: reserved words, `constructor`, quotes, the ends of comments, `${`.
 */
import { createChance, type Chance } from "./random.js";
import { nastyComments, nastyTexts } from "./nasty-texts.js";
import { createTypes, type FieldModel, type TypesModel } from "./random-types.js";
import { block, capital, quoted } from "./render-contract.js";

export { renderContract } from "./render-contract.js";

export type ContractOptions = {
  /** Only what can be generated and served today: no channels, sockets, live contexts. */
  readonly supported?: boolean;
  /** Nothing that the plain canonical form leaves out: no maps, files, private functions. */
  readonly family?: boolean;
  /** Put before every name, so that two contracts can stand in one folder. */
  readonly prefix?: string;
  /** About how many functions; 12 by default. */
  readonly functions?: number;
};

export type FunctionModel = {
  readonly name: string;
  readonly input: readonly FieldModel[];
  readonly output: string | null;
  readonly context: string | null;
  /** Lines whose order matters: effects. */
  readonly effects: readonly string[];
  /** Lines in any order. */
  readonly options: readonly string[];
  readonly doc: string | null;
};

export type ContractModel = {
  /** Types, enums, errors, views, channels: whole nodes, in any order. */
  readonly nodes: readonly string[];
  readonly contexts: readonly {
    readonly name: string;
    readonly options: readonly string[];
    readonly doc: string | null;
  }[];
  readonly functions: readonly FunctionModel[];
};

export function randomContract(seed: number, options: ContractOptions = {}): ContractModel {
  const chance = createChance(seed);
  const prefix = options.prefix ?? "";
  const family = options.family ?? false;
  const types = createTypes(chance, prefix, family);
  const errors = errorNodes(chance, types, prefix);
  const names = functionNames(chance, prefix);
  const wanted = options.functions ?? 12;
  const supported = options.supported ?? false;
  const pages: string[] = [];
  const world: World = { chance, types, errors, names, supported, family, prefix, pages };

  const contexts = ["global", "user", "order_book", "c_1b", "default"]
    .slice(0, 1 + chance.int(5))
    .map((name) =>
      randomContext(world, name === "global" && prefix === "" ? name : `${prefix}${name}`),
    );
  const reads = contexts.flatMap((context) => [
    ...contextFunctions(world, context),
    ...pagedFunction(world, context),
  ]);
  const mutations = Array.from({ length: Math.max(1, wanted - reads.length) }, () =>
    randomMutation(world, contexts, reads),
  );
  return {
    nodes: [
      ...types.nodes,
      ...pages,
      ...errors.map(({ node }) => node),
      ...views(world, contexts, reads, prefix),
      ...(supported ? [] : channels(world, prefix)),
    ],
    contexts,
    functions: [...reads, ...mutations],
  };
}

type ErrorModel = { readonly name: string; readonly node: string };

type World = {
  readonly prefix: string;
  /** Nodes of the types that hold pages, as they are made. */
  readonly pages: string[];
  readonly chance: Chance;
  readonly types: TypesModel;
  readonly errors: readonly ErrorModel[];
  readonly names: () => string;
  readonly supported: boolean;
  readonly family: boolean;
};

type ContextModel = ContractModel["contexts"][number] & {
  /** Every function of a context draws its params from here, so that their types agree. */
  readonly params: readonly FieldModel[];
  readonly transport: "http" | "websocket";
};

type Read = FunctionModel & {
  readonly context: string;
  readonly slot: { readonly kind: "struct" | "list" | "pages" | "other"; readonly struct: string };
  readonly public: boolean;
};

// ---- names and texts

/** Words that are something else in JavaScript, HTTP or our own runtime. */
const nasty =
  "delete class default constructor to_string has_own_property prototype new await then arguments name " +
  "length value ctx call use_client import function is_prototype_of j_kl_mn x a_1 orders.place orders.delete " +
  "a.b.c enum eval";

function functionNames(chance: Chance, prefix: string): () => string {
  const rest = [...chance.shuffle(nasty.split(" "))];
  let count = 0;
  return () => {
    const word = chance.one(2) ? rest.pop() : undefined;
    return prefix + (word ?? `function_${++count}`);
  };
}

const text = (chance: Chance): string => chance.pick(nastyTexts);
const doc = (chance: Chance): string | null => (chance.one(3) ? chance.pick(nastyComments) : null);

// ---- parts

function errorNodes(chance: Chance, types: TypesModel, prefix: string): readonly ErrorModel[] {
  return ["OutOfStock", "HTTPFailed", "Taken", "Error42"].slice(0, chance.int(5)).map((word) => {
    const name = capital(prefix) + word;
    const status = chance.one(2) ? ` status=${400 + chance.int(200)}` : "";
    const message = chance.one(2) ? ` message=${quoted(text(chance))}` : "";
    const fields = types.fields(chance.int(3)).map((field) => field.line);
    return { name, node: block(`error ${name}${status}${message}`, fields, doc(chance)) };
  });
}

function guard(chance: Chance): readonly string[] {
  return chance.one(4)
    ? [`auth ${chance.pick(["required", "staff", "superuser", "may_open"])}`]
    : [];
}

function randomContext({ chance, types, supported }: World, name: string): ContextModel {
  const auth = guard(chance);
  const caches = [
    "cache",
    "cache ttl=60",
    "cache off",
    ...(auth.length > 0 ? [] : ["cache public ttl=5"]),
  ];
  return {
    name,
    options: [
      ...auth,
      ...(chance.one(3) ? [chance.pick(caches)] : []),
      ...(supported || !chance.one(5) ? [] : ["live"]),
    ],
    doc: doc(chance),
    params: name === "global" ? [] : types.params(1 + chance.int(4)),
    transport: supported || !chance.one(6) ? "http" : "websocket",
  };
}

function contextFunctions(world: World, context: ContextModel): readonly Read[] {
  const { chance, types } = world;
  const isPublic = context.options.some((option) => option.startsWith("cache public"));
  return Array.from({ length: 1 + chance.int(3) }, (_, index): Read => {
    const slot = types.slot();
    // The first is public, for a context may not consist of private functions only.
    const hidden = !world.family && index > 0 && chance.one(6);
    return {
      name: world.names(),
      input: chance.some(context.params, 4),
      output: slot.text,
      context: context.name,
      effects: [],
      options: [
        ...(isPublic ? [] : guard(chance)),
        ...(chance.one(5) ? [`rev ${chance.int(9)}`] : []),
        ...(chance.one(6) ? ["cache ttl=30"] : []),
        ...(context.transport === "websocket" ? ["transport websocket"] : []),
        ...(hidden ? ["private"] : []),
        ...errorsOf(world),
      ],
      doc: doc(chance),
      slot,
      public: !hidden,
    };
  });
}

/** A function that answers pages, for some contexts. The plain form cannot say that they are any. */
function pagedFunction(world: World, context: ContextModel): readonly Read[] {
  const { chance, types, prefix, pages } = world;
  const { text: struct, struct: element } = types.slot();
  if (struct === null || types.keyOf(element) === null || context.name === "global") return [];
  if (world.family || context.transport === "websocket") return [];
  const number = pages.length + 1;
  const type = `${capital(prefix)}PageOf${number}`;
  const [items, next] = chance.pick([
    ["items", "next"],
    ["constructor", "prototype"],
  ]);
  const cursor = chance.pick(["string", "integer", "uuid", "number"]);
  const after = `${prefix}after_${number}`;
  const limit = `${prefix}limit_${number}`;
  pages.push(
    block(`type ${type}`, [`${items} list<${element}>`, `${next} ${cursor}?`], doc(chance)),
  );
  const words = [
    `cursor=${after}`,
    "by=id",
    ...(next === "next" && chance.one(2) ? [] : [`next=${next}`]),
    ...(chance.one(2) ? [] : [`items=${items}`]),
    ...(chance.one(2) ? [] : [`limit=${limit}`]),
  ];
  const input: readonly FieldModel[] = [
    ...chance.some(context.params, 2),
    { name: after, line: `${after} ${cursor}?`, inline: `${after}=${cursor}?` },
    { name: limit, line: `${limit} integer default=${chance.int(50)}`, inline: null },
  ];
  return [
    {
      name: world.names(),
      input,
      output: type,
      context: context.name,
      effects: [],
      options: [`paginate ${chance.shuffle(words).join(" ")}`],
      doc: doc(chance),
      slot: { kind: "pages", struct: element },
      public: true,
    },
  ];
}

function errorsOf({ chance, errors }: World): readonly string[] {
  const some = chance.one(2) ? chance.some(errors, 3) : [];
  return some.length === 0 ? [] : [`errors ${some.map(({ name }) => name).join(" ")}`];
}

const uploads: readonly FieldModel[] = [
  { name: "upload", line: "upload file?", inline: "upload=file?" },
  { name: "upload", line: 'upload file max-bytes=1000 accept="image/*, .pdf"', inline: null },
  { name: "upload", line: "upload list<file> min-items=1 max-bytes=1", inline: null },
];

function randomMutation(
  world: World,
  contexts: readonly ContextModel[],
  reads: readonly Read[],
): FunctionModel {
  const { chance, types, supported, family } = world;
  const targets = reads.filter((read) => read.public && read.slot.kind !== "other");
  const target = targets.length > 0 && chance.one(2) ? chance.pick(targets) : null;
  const own = types.fields(chance.int(4), "plain");
  const merge = target === null ? null : randomMerge(world, target, reads);
  const scoped = randomAffects(world, contexts, reads);
  const input = uniqueFields([
    ...own,
    ...(merge?.input ?? []),
    ...scoped.input,
    ...(family || !chance.one(6) ? [] : [chance.pick(uploads)]),
  ]);
  return {
    name: world.names(),
    input: chance.shuffle(input),
    output: merge === null ? types.output() : merge.output,
    context: null,
    effects: [...scoped.lines, ...(merge === null ? [] : [merge.line])],
    options: [
      ...guard(chance),
      ...(input.length === 0 && chance.one(2) ? types.inputOption() : []),
      ...(!family && chance.one(8) ? ["private"] : []),
      ...(chance.one(8) ? [`deprecated ${quoted(text(chance))}`] : []),
      ...(supported || !chance.one(8) ? [] : ["transport websocket"]),
      ...errorsOf(world),
    ],
    doc: doc(chance),
  };
}

type Effect = {
  readonly line: string;
  readonly output: string | null;
  readonly input: readonly FieldModel[];
};

/** A merge; its slot is named where another of the same structure may stand beside it. */
function randomMerge(
  { chance, types }: World,
  { slot, name, context }: Read,
  reads: readonly Read[],
): Effect {
  const single = reads.filter((read) => read.context === context).length === 1;
  const head = `merge ${context}${single && chance.one(2) ? "" : ` slot=${name}`}`;
  const nullable = chance.one(4) ? "?" : "";
  if (slot.kind === "struct") return { line: head, output: slot.struct + nullable, input: [] };
  const key = types.keyOf(slot.struct);
  if (key === null || (slot.kind === "list" && chance.one(3)))
    return { line: head, output: `list<${slot.struct}>`, input: [] };
  const by = `${head} by=${key.name}`;
  if (!chance.one(3)) {
    const op = chance.pick(["", " op=prepend", " op=remove"]);
    return { line: by + op, output: slot.struct + nullable, input: [] };
  }
  const field: FieldModel = { name: "key", line: `key ${key.type}`, inline: `key=${key.type}` };
  return { line: `${by} op=remove value=input.key`, output: null, input: [field] };
}

function randomAffects(
  { chance }: World,
  contexts: readonly ContextModel[],
  reads: readonly Read[],
): { readonly lines: readonly string[]; readonly input: readonly FieldModel[] } {
  const lines: string[] = [];
  const input: FieldModel[] = [];
  for (const context of chance.some(contexts, 3)) {
    const params = context.params.filter(({ name }) =>
      reads.some((read) => read.public && read.context === context.name && has(read.input, name)),
    );
    const explicit = chance.one(2) ? chance.some(params, 2) : [];
    if (explicit.length > 0) {
      const words = explicit.map(({ name }) => `${name}=input.${name}`);
      lines.push(`affects ${context.name} ${words.join(" ")}`);
      input.push(...explicit);
    } else {
      lines.push(`affects ${context.name}${chance.one(3) ? " all" : ""}`);
      input.push(...chance.some(params, 2));
    }
  }
  if (chance.one(5)) lines.push(`affects function ${chance.pick(reads).name}`);
  if (chance.one(6)) lines.push("affects *");
  return { lines: chance.shuffle(lines), input };
}

function has(fields: readonly FieldModel[], name: string): boolean {
  return fields.some((field) => field.name === name);
}

function uniqueFields(fields: readonly FieldModel[]): readonly FieldModel[] {
  return [...new Map(fields.map((field) => [field.name, field])).values()];
}

const routeParams = [":user_id", "<int:user_id>", "<user_id>"];

/** Pages and forms: params in the path and beside it, effects by name and explicit ones. */
function views(
  world: World,
  contexts: readonly ContextModel[],
  reads: readonly Read[],
  prefix: string,
): readonly string[] {
  const { chance, types } = world;
  return ["page", "list_page", "views", "handlers"].slice(0, chance.int(5)).map((word) => {
    const name = prefix + word;
    const scoped = chance.one(2) ? randomAffects(world, contexts, reads) : { lines: [], input: [] };
    const own = uniqueFields([...types.fields(chance.int(3), "plain"), ...scoped.input]).filter(
      (field) => field.name !== "user_id",
    );
    const rest = chance.one(3) ? "<path:rest>" : "";
    const fields = [...own.map(({ line }) => line), ...(rest === "" ? [] : ["rest string"])];
    const lines = [
      `route "/${name}/${chance.pick(routeParams)}/${rest}"`,
      ...(fields.length === 0 ? [] : [block("input", fields)]),
      ...(chance.one(2) ? [`context ${chance.pick(contexts).name}`] : []),
      ...(chance.one(2) ? [`methods ${chance.pick(["GET", "POST PUT", "GET POST"])}`] : []),
      ...errorsOf(world),
      ...guard(chance),
    ];
    // Effects keep their order among each other.
    const node = [...chance.shuffle(lines), ...scoped.lines];
    return block(`view ${name} user_id=integer`, node, doc(chance));
  });
}

function channels({ chance, types }: World, prefix: string): readonly string[] {
  return ["chat_room", "a.b"].slice(0, chance.int(3)).map((word) => {
    const lines = [
      ...(chance.one(3)
        ? []
        : [
            block(
              "client",
              types.fields(1 + chance.int(3)).map(({ line }) => line),
            ),
          ]),
      ...(chance.one(3) ? [] : ["server text=string user=string?"]),
      ...guard(chance),
    ];
    const params = chance.one(2) ? "" : " room=string";
    return block(`channel ${prefix}${word}${params}`, chance.shuffle(lines), doc(chance));
  });
}
