/** A view of the contract as the runtime serves it: its route cut into segments, its input, its effects. */
import type { Canonical, View } from "../../ir/model/canonical.js";
import { parseRoute, type RouteSegment } from "../../ir/routes.js";
import { array, object, property, string, type Expression } from "../layout/expressions.js";
import { fieldExpression } from "./definitions.js";
import { effectProperties, errorsProperty, guardProperty } from "./effect-definitions.js";
import type { Scope } from "./scope.js";

export function viewExpression(view: View, canonical: Canonical, scope: Scope): Expression {
  const route = parseRoute(view.route);
  if ("fault" in route) throw new Error(`the route ${view.route} must not be planned`);
  return object([
    property("name", string(view.name)),
    property("route", array(route.segments.map(segmentExpression))),
    property("methods", array(view.methods.map(string))),
    property("input", array(view.input.map(fieldExpression(scope)))),
    ...(view.context === null ? [] : [property("context", string(view.context))]),
    ...effectProperties(view, canonical),
    ...errorsProperty(view),
    ...guardProperty(view),
  ]);
}

function segmentExpression(segment: RouteSegment): Expression {
  if (segment.kind === "static") return string(segment.text);
  const { name, converter } = segment;
  return object([
    property("param", string(name)),
    ...(converter === null ? [] : [property("takes", string(converter))]),
  ]);
}
