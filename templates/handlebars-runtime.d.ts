/** What we use of Handlebars' runtime: templates are compiled long before (`spec/generated/precompile.ts`). */
declare module "handlebars/runtime.js" {
  export type Specification = Readonly<Record<string, unknown>>;
  export type Template = (view: unknown) => string;
  export interface Environment {
    template(specification: Specification): Template;
    registerPartial(name: string, template: Template): void;
  }
  const Handlebars: { create(): Environment };
  export default Handlebars;
}
