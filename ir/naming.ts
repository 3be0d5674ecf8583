/**
 * How a name of the contract becomes an identifier or a file path in generated code.
 *
 * Pure text rules, shared by the generator, which prints the names, and by validation, which refuses a
 * contract whose names meet. What each name of a contract takes for itself is in `validate/claims.ts`.
 *
 * Words: a *wire name* is the name as the contract has it (`user_profile`, `orders.place`); its *camel*
 * form is the one of language.md section 3 (`userProfile`, `ordersPlace`).
 */

/** `user_profile` → `userProfile`, `orders.place` → `ordersPlace`, `c_1b` → `c1B`, `j_kL_mN` → `jKlMn`. */
export function toCamel(wireName: string): string {
  const [first = "", ...rest] = wireName.split(/[_.-]/);
  return first + rest.map(capitalizeRuns).join("");
}

/** The camel form with a capital first letter: `user_profile` → `UserProfile`. */
export function toPascal(wireName: string): string {
  return capitalizeFirst(toCamel(wireName));
}

/**
 * A path without its ending: `rename_user` → `rename-user`, `orders.place` → `orders/place`,
 * `getURLNow` → `get-url-now`. Letters are small, so that two paths never differ by case alone.
 */
export function toKebabPath(wireName: string): string {
  return wireName.split(".").map(toKebab).join("/");
}

/** One path segment: `rename_user` → `rename-user`. Dots count as underscores. */
function toKebab(wireName: string): string {
  // Names written by hand have no capitals to part.
  if (/^[a-z\d_.]*$/.test(wireName)) return wireName.replace(/[_.]+/g, "-");
  return wireName
    .replace(/[_.]+/g, "-")
    .replace(/([\p{Ll}\p{Nd}])(?=\p{Lu})/gu, "$1-")
    .replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, "$1-")
    .toLowerCase();
}

/** Whether a text can stand where TypeScript wants an identifier name, reserved words included. */
export function isIdentifierName(text: string): boolean {
  // Nearly all names are ASCII, where the answer is much cheaper.
  return (
    plainIdentifier.test(text) || /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(text)
  );
}

const plainIdentifier = /^[A-Za-z_$][\w$]*$/;

/** Whether a text can be the name of a variable in a module. */
export function isBindingName(text: string): boolean {
  return isIdentifierName(text) && !reservedWords.has(text);
}

/** The name of a variable for a camel form: reserved words get a `$`, `delete` → `delete$`. */
export function toBinding(camel: string): string {
  return reservedWords.has(camel) ? `${camel}$` : camel;
}

/**
 * The name of a type. A name that can be an identifier is kept (`Profile`); what only a canonical document
 * can hold is made one (`shop.Item` → `ShopItem`); the names of built-in types get a `$`.
 */
export function toTypeName(name: string): string {
  const identifier = isIdentifierName(name) ? name : toPascal(name);
  return reservedWords.has(identifier) || reservedTypeNames.has(identifier)
    ? `${identifier}$`
    : identifier;
}

/** The type of a declared error: `UserNotFound` → `UserNotFoundError`; a name that says so already is kept. */
export function toErrorTypeName(name: string): string {
  const identifier = toTypeName(name);
  return identifier.endsWith("Error") ? identifier : `${identifier}Error`;
}

/** The constant that holds the schema of a type: `Profile` → `profileSchema`. */
export function toSchemaName(typeName: string): string {
  return `${withSmallFirst(typeName)}Schema`;
}

/**
 * What makes an example of a type: `Profile` → `exampleProfile`. Two of them are called alike only where the two
 * schemas are.
 */
export function toExampleName(typeName: string): string {
  return `example${typeName.replace(/^[a-z]/, (first) => first.toUpperCase())}`;
}

/** Everything that is named after one function. Not each of them is printed for each function. */
export type FunctionNames = {
  /** The handler's constant: `renameUser`, `delete$`. */
  readonly handler: string;
  readonly handlerType: string;
  readonly call: string;
  /** The call hook of a plain function, or the slot hook of a context function. */
  readonly hook: string;
  /** Of a context function. */
  readonly suspenseHook: string;
  /** Of one whose answers are pages. */
  readonly pages: string;
  readonly watchPages: string;
  readonly infiniteHook: string;
  readonly inputType: string;
  readonly errorType: string;
  /** Whether an error is one of this function: `isRenameUserError`. */
  readonly errorGuard: string;
  /** For the schema of an output that the contract has no name for. */
  readonly outputType: string;
  /** Relative to the handlers' folder. */
  readonly handlerPath: string;
};

/** The names of a function, from its wire name and camel form. */
export function toFunctionNames(wireName: string, camel: string): FunctionNames {
  const pascal = capitalizeFirst(camel);
  return {
    handler: toBinding(camel),
    handlerType: `${pascal}Handler`,
    call: `call${pascal}`,
    hook: `use${pascal}`,
    suspenseHook: `useSuspense${pascal}`,
    pages: `${camel}Pages`,
    watchPages: `watch${pascal}Pages`,
    infiniteHook: `useInfinite${pascal}`,
    inputType: `${pascal}Input`,
    errorType: `${pascal}Error`,
    errorGuard: `is${pascal}Error`,
    outputType: `${pascal}Output`,
    handlerPath: `${toKebabPath(wireName)}.ts`,
  };
}

/** Everything that is named after one context. */
export type ContextNames = {
  readonly constant: string;
  readonly fetch: string;
  readonly watch: string;
  readonly provider: string;
  readonly hook: string;
  readonly suspenseHook: string;
  readonly paramsType: string;
  readonly dataType: string;
  readonly draftType: string;
  readonly errorType: string;
  readonly errorGuard: string;
  /** Relative to the client's folder. */
  readonly path: string;
};

export function toContextNames(wireName: string): ContextNames {
  const camel = toCamel(wireName);
  const pascal = capitalizeFirst(camel);
  const provider = `${pascal}Context`;
  const constant = `${withSmallFirst(camel)}Context`;
  return {
    // `$` and many scripts have no small letters.
    constant: constant === provider ? `${constant}$` : constant,
    fetch: `fetch${pascal}Context`,
    watch: `watch${pascal}Context`,
    provider,
    hook: `use${pascal}Context`,
    suspenseHook: `useSuspense${pascal}Context`,
    paramsType: `${pascal}ContextParams`,
    dataType: `${pascal}ContextData`,
    draftType: `${pascal}ContextDraft`,
    errorType: `${pascal}ContextError`,
    errorGuard: `is${pascal}ContextError`,
    path: `contexts/${toKebab(wireName)}.ts`,
  };
}

/** What a module of generated code cannot declare or import under its own name. */
const reservedWords: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function if implements import in instanceof interface let new null package " +
    "private protected public return static super switch this throw true try typeof undefined var void while " +
    "with yield"
  ).split(" "),
);

/**
 * What TypeScript refuses as the name of an interface or alias (TS2427, TS2457), and the words that it reads as
 * something else where a type stands, or behind `type`.
 */
const reservedTypeNames: ReadonlySet<string> = new Set(
  "any as bigint boolean infer keyof never number object readonly string symbol unique unknown".split(
    " ",
  ),
);

function capitalizeFirst(text: string): string {
  if (/^[\0-\x7f]/.test(text)) return text.charAt(0).toUpperCase() + text.slice(1);
  const [first = ""] = text;
  // `ß` has no capital but two letters, of which one is to be small: `ßx` → `Ssx`.
  const [capital = "", ...more] = first.toUpperCase();
  return capital + more.join("").toLowerCase() + text.slice(first.length);
}

function withSmallFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Every run of letters gets a capital first letter and small others: `1b` → `1B`, `kL` → `Kl`. */
function capitalizeRuns(part: string): string {
  if (/^[a-z]+$/.test(part)) return capitalizeFirst(part);
  const letters = /[^\0-\x7f]/.test(part) ? /\p{L}+/gu : /[A-Za-z]+/g;
  return part.replace(letters, (run) => capitalizeFirst(run.toLowerCase()));
}
