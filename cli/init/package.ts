/** What a new project's `package.json` says, and what is missing from one that is there. */

type Versions = Readonly<Record<string, string>>;

const dependencies: Versions = {
  express: "^5.1.0",
  react: "^19.0.0",
  "react-dom": "^19.0.0",
  zod: "^4.0.0",
};

const devDependencies: Versions = {
  "@types/express": "^5.0.0",
  "@types/node": "^20.19.0",
  "@types/react": "^19.0.0",
  "@types/react-dom": "^19.0.0",
  "@vitejs/plugin-react": "^6.0.0",
  typescript: "^7.0.0",
  vite: "^8.0.0",
};

const scripts: Versions = {
  dev: "mizan gen && vite",
  gen: "mizan gen",
  check: "mizan gen --check && tsc",
  build: "mizan gen && vite build && tsc -p tsconfig.server.json",
  start: "node dist/server/main.js",
};

/** A whole `package.json`. `version` is our own: the runtime's is the same. */
export function toPackage(folder: string, version: string): string {
  const value = {
    name: toName(folder),
    private: true,
    type: "module",
    scripts,
    dependencies: { "@mizan/runtime": `^${version}`, ...dependencies },
    devDependencies: sorted({ ...devDependencies, mizan: `^${version}` }),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The commands that give an existing project what it lacks; scripts it has are left as they are. */
export function toMissing(text: string): readonly string[] {
  const there = readPackage(text);
  const missing = (wanted: readonly string[]): string =>
    wanted.filter((name) => !there.packages.has(name)).join(" ");
  const runtime = missing(["@mizan/runtime", ...Object.keys(dependencies)]);
  const tools = missing(["mizan", ...Object.keys(devDependencies)]);
  const settings = [
    // Newer versions of npm write `commonjs` of their own accord; what the starter builds would not start there.
    ...(there.type === "module" ? [] : ["type=module"]),
    ...Object.entries(scripts)
      .filter(([name]) => !there.scripts.has(name))
      .map(([name, script]) => `scripts.${name}=${JSON.stringify(script)}`),
  ];
  return [
    ...(runtime === "" ? [] : [`npm install ${runtime}`]),
    ...(tools === "" ? [] : [`npm install --save-dev ${tools}`]),
    ...(settings.length === 0 ? [] : [`npm pkg set ${settings.join(" ")}`]),
  ];
}

type Package = {
  readonly packages: ReadonlySet<string>;
  readonly scripts: ReadonlySet<string>;
  readonly type: string | null;
};

/** A file that is no JSON object counts as empty: npm will say what is wrong with it. */
function readPackage(text: string): Package {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    value = null;
  }
  const keysOf = (part: string): readonly string[] => Object.keys(toObject(toObject(value)[part]));
  const type = toObject(value)["type"];
  return {
    packages: new Set([
      ...keysOf("dependencies"),
      ...keysOf("devDependencies"),
      ...keysOf("peerDependencies"),
    ]),
    scripts: new Set(keysOf("scripts")),
    type: typeof type === "string" ? type : null,
  };
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** A folder's name as npm allows it for a package. */
function toName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|[._-]+$/g, "");
  return name === "" ? "app" : name.slice(0, 200);
}

function sorted(versions: Versions): Versions {
  return Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)));
}
