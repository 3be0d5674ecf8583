/** The functions of the measured clients: one read and any number of mutations, all of a user. */
const VERBS = [
  "rename",
  "place",
  "cancel",
  "follow",
  "assign",
  "close",
  "reopen",
  "archive",
  "merge",
  "move",
];
const NOUNS = [
  "user",
  "order",
  "ticket",
  "comment",
  "team",
  "label",
  "file",
  "invoice",
  "report",
  "task",
];

export const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
export const pascal = (name) => camel(`_${name}`);

/** The first `count` of a hundred names: `rename_user`, `rename_order`, … */
export const take = (count) =>
  VERBS.flatMap((verb) => NOUNS.map((noun) => `${verb}_${noun}`)).slice(0, count);
