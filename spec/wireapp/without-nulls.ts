/** What a handler was given, each value under its own name, without those that are null. */
export const withoutNulls = (input: object): { [name: string]: unknown } =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
