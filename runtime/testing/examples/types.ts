/** What a generated `testing.ts` exports for each type of the contract. */

/**
 * `exampleProfile({ name: "Ada" }, 2)`: a value that the contract allows, with some fields given. The same seed
 * makes the same value. Seed 1, the default, leaves nothing out; of others some nullable fields are null.
 * Throws a TypeError for a seed that is no whole number, and an Error that names the field where a pattern is
 * beyond it.
 */
export type Example<T extends object> = (overrides?: Partial<T>, seed?: number) => T;

/** The same for what is no struct: an enum, or what a function answers. */
export type ExampleOf<T> = (seed?: number) => T;
