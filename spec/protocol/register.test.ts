/** An application's own types reach its handlers once it has registered them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const application = `
import type { Request, Response } from "express";
import { createServer, type ContractDefinition, type CreateMizan, type Handler, type NoErrors, type NoInput, type Predicate, type ServerOptions, type ViewHandler } from "@mizan/runtime/abi/v1/server";
import type {} from "@mizan/runtime/server";

declare module "@mizan/runtime/server" {
  interface Register {
    user: { id: number; org: string };
    context: { db: Map<string, string> };
    request: Request;
    response: Response;
  }
}

export const handler: Handler<NoInput, string | null, NoErrors, { invalidate: {}; merge: {}; call: {} }, "signed-in"> = (_input, ctx) =>
  ctx.app.db.get(ctx.user.org + ctx.req.path) ?? null;
export const view: ViewHandler<{ id: number }> = ({ id }, { req, res, app }) =>
  req.accepts("html") ? res.render("page", { id, name: app.db.get(req.path) }) : res.redirect(303, "/");
export const owns: Predicate<{ org: string }> = ({ user, input, req }) => user?.org === input.org && req.secure;

declare const contract: ContractDefinition;
const createMizan: CreateMizan<ServerOptions> = (options) => createServer(contract, { handler }, options);
createMizan({
  authenticate: (req) => (req.path === "/" ? { id: 1, org: "a" } : null),
  context: async (req, user) => ({ db: new Map([[req.path, user?.org ?? ""]]) }),
  bearer: (token, req) => ({ id: token.length, org: req.path }),
  mwt: { keys: { v1: process.env["SECRET"] }, loadUser: ({ sub }, req) => ({ id: Number(sub), org: req.path }) },
});
const context = () => ({ db: new Map<string, string>() });
// @ts-expect-error claims do not tell what this application's users have, so one must be loaded
createMizan({ context, mwt: { secret: "s" } });
// @ts-expect-error a loaded user without its organisation
createMizan({ context, mwt: { secret: "s", loadUser: () => ({ id: 1 }) } });
// @ts-expect-error the same of a bearer token
createMizan({ context, bearer: () => ({ id: 1 }) });
// @ts-expect-error a registered context has to be made
createMizan();
// @ts-expect-error a user without its organisation
createMizan({ context: () => ({ db: new Map() }), authenticate: () => ({ id: 1 }) });
`;

test("the registered user, context, request and response are typed everywhere", () => {
  const root = resolve(__dirname, "../..");
  const folder = mkdtempSync(join(tmpdir(), "mizan-register-"));
  try {
    writeFileSync(join(folder, "app.ts"), application);
    const compilerOptions = {
      noEmit: true,
      typeRoots: [join(root, "node_modules/@types")],
      paths: {
        "@mizan/runtime/abi/v1/*": [join(root, "runtime/abi/v1/*.ts")],
        "@mizan/runtime/*": [join(root, "runtime/*/index.ts")],
        express: [join(root, "node_modules/@types/express/index.d.ts")],
      },
    };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.json"),
        compilerOptions,
        include: ["app.ts"],
        exclude: [],
      }),
    );
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const errors = (): string =>
      spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" }).stdout;
    expect(errors()).toBe("");
    // The same compiler does see a mistake.
    writeFileSync(join(folder, "app.ts"), application.replace("user.org", "user.team"));
    expect(errors()).toContain("Property 'team' does not exist");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
