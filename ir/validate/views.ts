/** Views stand at routes of the application: every param is an input, and no two views meet. */
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import { nearest } from "../diagnostics/did-you-mean.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Field, Shape, View } from "../model/canonical.js";
import {
  converters,
  isConverter,
  parseRoute,
  routePattern,
  type Converter,
  type Route,
  type RouteParam,
} from "../routes.js";
import { withoutOptional } from "../shapes.js";
import type { Span } from "../source/source.js";
import { compareSpans, spanKey, type Facts } from "./facts.js";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** A view's route as its author wrote it. */
type Written = { readonly view: View; readonly text: string; readonly span: Span };

/** Every view that has a route, with the place of that. */
function writtenRoutes({ canonical, contract }: Facts): readonly Written[] {
  const routes = new Map(contract.views.map((node) => [spanKey(node.name.span), node.route]));
  return canonical.views.flatMap((view) => {
    const route = routes.get(spanKey(view.place.name)) ?? null;
    return route === null ? [] : [{ view, text: route.text, span: route.span }];
  });
}

/** Those whose routes can be read. */
function readRoutes(facts: Facts): readonly (Written & { readonly route: Route })[] {
  return writtenRoutes(facts).flatMap((written) => {
    const route = parseRoute(written.text);
    return "fault" in route ? [] : [{ ...written, route }];
  });
}

export function routesArePaths(facts: Facts): readonly Diagnostic[] {
  return writtenRoutes(facts).flatMap(({ view, text, span }) => {
    const route = parseRoute(text);
    if (!("fault" in route)) return [];
    return [
      report(
        "MZ4042",
        { span, text: route.fault },
        { view: view.name },
        { help: "write a path from the root, its params as whole segments: `/profile/:user_id/`" },
      ),
    ];
  });
}

export function convertersAreKnown(facts: Facts): readonly Diagnostic[] {
  return readRoutes(facts).flatMap((written) =>
    written.route.params.flatMap((param) => {
      const { converter } = param;
      if (converter === null || isConverter(converter)) return [];
      const meant = nearest(converter, converters) ?? meantBy(converter);
      return [
        report(
          "MZ4044",
          { span: paramSpan(written, param), text: "unknown converter" },
          { converter },
          {
            help:
              meant === null
                ? `there are ${converters.join(", ")}; \`:${param.name}\` takes what the input takes`
                : `did you mean \`<${meant}:${param.name}>\`?`,
          },
        ),
      ];
    }),
  );
}

/** What the type of an input is called, and what some frameworks call their converters. */
function meantBy(converter: string): Converter | null {
  if (converter === "integer" || converter === "number") return "int";
  return converter === "string" || converter === "text" ? "str" : null;
}

export function routeParamsFitTheirInputs(facts: Facts): readonly Diagnostic[] {
  return readRoutes(facts).flatMap((written) =>
    written.route.params.flatMap((param) => {
      const { view } = written;
      const field = view.input.find(({ name }) => name === param.name);
      const misfit = field === undefined ? null : misfitOf(field, param);
      if (field === undefined || misfit === null) return [];
      return [
        report(
          "MZ4045",
          { span: paramSpan(written, param), text: misfit.text },
          { view: view.name, param: param.name },
          {
            related: [{ span: field.typeSpan, text: "the input" }],
            help: misfit.help,
          },
        ),
      ];
    }),
  );
}

type Misfit = { readonly text: string; readonly help: string };

function misfitOf({ shape, name }: Field, { converter }: RouteParam): Misfit | null {
  if (!isOneWord(shape)) {
    return {
      text: "cannot be read from a path",
      help: "a segment of a path holds one number, boolean, text or enum; take it from the query",
    };
  }
  if (converter === null || !isConverter(converter) || takes(converter, shape)) return null;
  return {
    text: `\`${converter}\` is something else`,
    help: `write \`:${name}\`: the type of the input decides`,
  };
}

/** Whether a value of this shape is one piece of text. */
function isOneWord(shape: Shape): boolean {
  switch (shape.kind) {
    case "integer":
    case "number":
    case "boolean":
    case "string":
    case "enum":
    // Reported already.
    case "error":
      return true;
    case "optional":
      return isOneWord(shape.inner);
    case "union":
      return shape.members.every(isOneWord);
    case "json":
    case "file":
    case "ref":
    case "list":
    case "map":
      return false;
    default:
      return assertNever(shape);
  }
}

function takes(converter: Converter, given: Shape): boolean {
  const shape = withoutOptional(given);
  if (shape.kind === "error") return true;
  switch (converter) {
    case "int":
      return shape.kind === "integer";
    case "str":
      return shape.kind === "string" || shape.kind === "enum";
    case "slug":
      return shape.kind === "enum" || (shape.kind === "string" && shape.format === null);
    case "path":
      return shape.kind === "string" && shape.format === null;
    case "uuid":
      return shape.kind === "string" && shape.format === "uuid";
    default:
      return assertNever(converter);
  }
}

export function routeParamsAreInputs(facts: Facts): readonly Diagnostic[] {
  return readRoutes(facts).flatMap((written) => {
    const { view, route } = written;
    if (facts.isFaulty(view.place.node)) return [];
    const inputs = view.input.map((field) => field.name);
    return route.params
      .filter(({ name }) => !inputs.includes(name))
      .map((param) => {
        const meant = nearest(param.name, inputs);
        return report(
          "MZ4036",
          { span: paramSpan(written, param), text: "no input of this name" },
          { view: view.name, param: param.name },
          {
            help:
              meant === null
                ? `give the view the input: \`view ${view.name} ${param.name}=string\``
                : `did you mean \`${segmentOf(param, meant)}\`?`,
          },
        );
      });
  });
}

const segmentOf = ({ converter }: RouteParam, name: string): string =>
  converter === null ? `:${name}` : `<${converter}:${name}>`;

export function routesAreDistinct(facts: Facts): readonly Diagnostic[] {
  const written = [...readRoutes(facts)].sort((a, b) =>
    compareSpans(a.view.place.name, b.view.place.name),
  );
  const firsts = new Map<string, Written>();
  return written.flatMap((one) => {
    const { view, route, span } = one;
    const requests = view.methods.map((method) => `${method} ${routePattern(route)}`);
    const taken = requests.find((request) => firsts.has(request));
    const first = taken === undefined ? undefined : firsts.get(taken);
    if (first === undefined) {
      for (const request of requests) firsts.set(request, one);
      return [];
    }
    return [
      report(
        "MZ4037",
        { span, text: "the same place" },
        { view: view.name, other: first.view.name },
        {
          related: [{ span: first.span, text: "taken here" }],
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

/** The param alone, where the route is written without escapes; else the whole route. */
function paramSpan({ text, span }: Written, { start, end }: RouteParam): Span {
  const quotes = (span.end - span.start - text.length) / 2;
  if (quotes !== 0 && quotes !== 1) return span;
  return {
    file: span.file,
    start: span.start + quotes + start,
    end: span.start + quotes + end,
  };
}
