/**
 * Renders a view with a precompiled template, in an environment of its own.
 *
 * Templates only lay out: `#if`, `#each`, `#unless`, partials and plain paths. They are compiled `strict`,
 * without escaping and without unknown helpers; and because a strict template still takes a misspelt
 * `{{#if typo}}` for false, a view is read through a guard that throws on every key it does not have.
 */
import Handlebars, { type Specification, type Template } from "handlebars/runtime.js";
import { partials, templates } from "./precompiled.js";
import type { Printable } from "./text.js";

export type TemplateName = keyof typeof templates;

/** Text of our own making, booleans that steer `#if`, lists and plain objects of these. Absent is never a key. */
export type View = { readonly [key: string]: ViewValue };
export type ViewValue = Printable | boolean | View | readonly ViewValue[];

export type Render = (template: TemplateName, view: View) => string;

export function createEngine(): Render {
  const environment = Handlebars.create();
  for (const [name, specification] of Object.entries<Specification>(partials)) {
    environment.registerPartial(name, environment.template(specification));
  }
  const compiled = new Map<TemplateName, Template>();
  return (name, view) => {
    const template = compiled.get(name) ?? environment.template(templates[name]);
    compiled.set(name, template);
    return template(guard(view));
  };
}

/** The same view, which throws where a template asks for something that is not there. */
export function guard<T extends object>(view: T): T {
  return new Proxy(view, {
    get(target, key) {
      if (typeof key === "symbol") return Reflect.get(target, key);
      if (!Object.hasOwn(target, key)) throw new Error(`a template asks for an unknown \`${key}\``);
      const value: unknown = Reflect.get(target, key);
      return typeof value === "object" && value !== null ? guard(value) : value;
    },
  });
}
