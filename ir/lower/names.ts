/** The case rules of names (language.md section 2), and the corrected name for each that breaks them. */
import { report } from "../diagnostics/catalogue.js";
import type { Form, Name } from "../model/contract.js";
import { isIdentifierName, toCamel } from "../naming.js";
import type { Out } from "./nodes.js";

/** What is named decides how. */
export type Kind =
  | "function"
  | "context"
  | "field"
  | "input"
  | "channel"
  | "view"
  | "form"
  | "type"
  | "enum"
  | "error";

const snake = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const dotted = /^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z][a-z0-9]*(_[a-z0-9]+)*)*$/;
const pascal = /^[A-Z][A-Za-z0-9]*$/;

/** Reports a name in the wrong case. The name is used as it is, so that what refers to it is still found. */
export function checkName(name: Name, kind: Kind, form: Form, out: Out): void {
  if (form === "canonical") {
    if (isIdentifierName(toCamel(name.text))) return;
    out.push(
      report(
        "MZ2007",
        { span: name.span, text: "no identifier" },
        { name: name.text },
        { help: "a name starts with a letter and has letters, digits, `_`, `-` and `.`" },
      ),
    );
    return;
  }
  const rule = ruleOf(kind);
  if (rule.pattern.test(name.text)) return;
  const corrected = rule.correct(name.text);
  out.push(
    report(
      "MZ2006",
      { span: name.span, text: `not ${rule.style}` },
      { kind, style: rule.style },
      { help: rule.pattern.test(corrected) ? `write \`${corrected}\`` : rule.example },
    ),
  );
}

type Rule = {
  readonly pattern: RegExp;
  readonly style: string;
  readonly example: string;
  readonly correct: (name: string) => string;
};

function ruleOf(kind: Kind): Rule {
  switch (kind) {
    case "type":
    case "enum":
    case "error":
      return {
        pattern: pascal,
        style: "PascalCase",
        example: "for example `UserProfile`",
        correct: toPascalCase,
      };
    case "function":
    case "channel":
    case "form":
      return {
        pattern: dotted,
        style: "snake_case",
        example: "for example `user_profile` or `orders.place`",
        correct: (name) => name.split(".").map(toSnakeCase).join("."),
      };
    case "context":
    case "field":
    case "input":
    case "view":
      return {
        pattern: snake,
        style: "snake_case",
        example: "for example `user_id`",
        correct: toSnakeCase,
      };
  }
}

/** `userId`, `user-id`, `UserID` → `user_id`. */
export function toSnakeCase(name: string): string {
  return words(name).join("_").toLowerCase();
}

/** `user_profile`, `userProfile` → `UserProfile`. */
function toPascalCase(name: string): string {
  return words(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function words(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$2_")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
}
