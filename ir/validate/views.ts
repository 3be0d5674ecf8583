/** Views stand at routes of the application: every param is an input, and no two views meet. */
import { report } from "../diagnostics/catalogue.js";
import { nearest } from "../diagnostics/did-you-mean.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { View } from "../model/canonical.js";
import type { Span } from "../source/source.js";
import { compareSpans, type Facts } from "./facts.js";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

export function routesArePaths(facts: Facts): readonly Diagnostic[] {
  return facts.canonical.views.flatMap((view) => {
    const fault = routeFault(view.route);
    if (view.route === "" || fault === null) return [];
    return [
      report(
        "MZ4042",
        { span: routeSpan(view, facts), text: fault },
        { view: view.name },
        { help: "write a path from the root, its params as whole segments: `/profile/:user_id/`" },
      ),
    ];
  });
}

function routeFault(route: string): string | null {
  if (!route.startsWith("/")) return "does not begin with a slash";
  if (/[?#]/.test(route)) return "a query or fragment is no part of a route";
  if (/[\s\p{Cc}\\*(){}[\]]/u.test(route)) return "has signs that a route cannot have";
  const segments = route.split("/").slice(1);
  if (segments.slice(0, -1).includes("")) return "has an empty segment";
  const params = segments.filter((segment) => segment.includes(":"));
  if (params.some((segment) => !/^:[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(segment))) {
    return "a param is a colon and a name";
  }
  return new Set(params).size < params.length ? "names a param twice" : null;
}

export function routeParamsAreInputs(facts: Facts): readonly Diagnostic[] {
  return facts.canonical.views.flatMap((view) => {
    if (routeFault(view.route) !== null || facts.isFaulty(view.place.node)) return [];
    const inputs = view.input.map((field) => field.name);
    return paramsOf(view.route)
      .filter((param) => !inputs.includes(param))
      .map((param) => {
        const meant = nearest(param, inputs);
        return report(
          "MZ4036",
          { span: paramSpan(view, param, facts), text: "no input of this name" },
          { view: view.name, param },
          {
            help:
              meant === null
                ? `give the view the input: \`view ${view.name} ${param}=string\``
                : `did you mean \`:${meant}\`?`,
          },
        );
      });
  });
}

export function routesAreDistinct(facts: Facts): readonly Diagnostic[] {
  const written = facts.canonical.views
    .filter((view) => routeFault(view.route) === null)
    .sort((a, b) => compareSpans(a.place.name, b.place.name));
  const firsts = new Map<string, View>();
  return written.flatMap((view) => {
    const requests = view.methods.map((method) => `${method} ${template(view.route)}`);
    const taken = requests.find((request) => firsts.has(request));
    const first = taken === undefined ? undefined : firsts.get(taken);
    if (first === undefined) {
      for (const request of requests) firsts.set(request, view);
      return [];
    }
    return [
      report(
        "MZ4037",
        { span: routeSpan(view, facts), text: "the same place" },
        { view: view.name, other: first.name },
        {
          related: [{ span: routeSpan(first, facts), text: "taken here" }],
          help: "give one of them another route, or other `methods`",
        },
      ),
    ];
  });
}

export function methodsAreKnown(facts: Facts): readonly Diagnostic[] {
  return facts.contract.views.flatMap((view) =>
    view.methods
      .filter((method) => !methods.includes(method.text))
      .map((method) => {
        const meant = nearest(method.text, methods);
        return report(
          "MZ4043",
          { span: method.span, text: "not a method" },
          { method: method.text },
          {
            help:
              meant === null
                ? `a view answers ${methods.join(", ")}`
                : `did you mean \`${meant}\`?`,
          },
        );
      }),
  );
}

/** What of a route decides which requests match: the name of a param does not, nor a slash at the end. */
function template(route: string): string {
  return route
    .replace(/\/$/, "")
    .split("/")
    .map((segment) => (segment.startsWith(":") ? ":" : segment.toLowerCase()))
    .join("/");
}

function paramsOf(route: string): readonly string[] {
  return route
    .split("/")
    .filter((segment) => segment.startsWith(":"))
    .map((segment) => segment.slice(1));
}

/** The param alone, where the route is written without escapes; else the whole route. */
function paramSpan(view: View, param: string, facts: Facts): Span {
  const span = routeSpan(view, facts);
  const quotes = (span.end - span.start - view.route.length) / 2;
  const at = `${view.route}/`.indexOf(`/:${param}/`) + 1;
  if (at === 0 || (quotes !== 0 && quotes !== 1)) return span;
  const start = span.start + quotes + at;
  return { file: span.file, start, end: start + param.length + 1 };
}

function routeSpan(view: View, { contract }: Facts): Span {
  const written = contract.views.find(
    (node) =>
      node.name.span.start === view.place.name.start &&
      node.name.span.file === view.place.name.file,
  );
  return written?.route?.span ?? view.place.name;
}
