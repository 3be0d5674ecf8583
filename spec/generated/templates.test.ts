/** The rules that templates keep, and that what is compiled of them is current. */
import Handlebars from "handlebars";
import { resolve } from "node:path";
import { guard } from "../../templates/engine.js";
import { expectGolden } from "../support/golden.js";
import { precompile, readTemplates } from "./precompile.js";

const sources = readTemplates("templates");

test("templates/precompiled.ts is current", async () => {
  expectGolden(resolve("templates/precompiled.ts"), await precompile(sources));
});

/** What breaks the rule "plain paths only": everything a template could compute or reach for. */
function faults(text: string): readonly string[] {
  const found: string[] = [];
  const isPlain = (path: hbs.AST.Expression): boolean => {
    if (path.type !== "PathExpression") return false;
    const { original, data, depth, parts } = path as hbs.AST.PathExpression;
    return original === "this" || (!data && depth === 0 && parts.length === 1);
  };
  class Rules extends Handlebars.Visitor {
    override MustacheStatement(node: hbs.AST.MustacheStatement): void {
      if (!isPlain(node.path) || node.params.length > 0 || node.hash !== undefined) {
        found.push(`{{…}} in line ${node.loc.start.line}`);
      }
      if (!node.escaped) found.push(`{{{…}}} in line ${node.loc.start.line}`);
    }
    override BlockStatement(node: hbs.AST.BlockStatement): void {
      const [subject, ...others] = node.params;
      const isKnown = ["if", "each", "unless"].includes(node.path.original);
      if (
        !isKnown ||
        subject === undefined ||
        !isPlain(subject) ||
        others.length > 0 ||
        node.hash !== undefined
      ) {
        found.push(`{{#…}} in line ${node.loc.start.line}`);
      }
      super.BlockStatement(node);
    }
    override PartialStatement(node: hbs.AST.PartialStatement): void {
      if (
        node.params.length > 0 ||
        node.hash !== undefined ||
        node.name.type !== "PathExpression"
      ) {
        found.push(`{{>…}} in line ${node.loc.start.line}`);
      }
    }
    override SubExpression(node: hbs.AST.SubExpression): void {
      found.push(`(…) in line ${node.loc.start.line}`);
    }
  }
  new Rules().accept(Handlebars.parse(text));
  return found;
}

test.each(sources)("$name only lays out", ({ text }) => {
  expect(faults(text)).toEqual([]);
  expect(text.split("\n").length).toBeLessThan(80);
});

test.each([
  "{{@root.name}}",
  "{{../name}}",
  "{{a.b}}",
  "{{upper name}}",
  "{{#with name}}x{{/with}}",
  "{{#if (eq a b)}}x{{/if}}",
  "{{#each list as |item|}}{{item.name}}{{/each}}",
  "{{> part name=other}}",
  "{{> (lookup . 'part')}}",
  "{{{name}}}",
])("the rule catches %s", (text) => {
  expect(faults(text)).not.toEqual([]);
});

test("a view answers what it has and throws at anything else", () => {
  const view = guard({ name: "x", list: [{ doc: "y" }], isEmpty: false });
  expect([view.name, view.list[0]?.doc, view.isEmpty]).toEqual(["x", "y", false]);
  const ask = (target: object, key: string): unknown => Reflect.get(target, key);
  for (const key of ["names", "constructor", "toString", "__proto__"]) {
    expect(() => ask(view, key)).toThrow(`unknown \`${key}\``);
  }
  expect(() => ask(view.list[0] ?? {}, "docs")).toThrow("unknown `docs`");
  expect(() => ask(view.list, "1")).toThrow("unknown `1`");
});
