/** What `mizan export` can print. Apart from the command itself, which is loaded when it is called. */
export const exportForms = ["manifest"] as const;

export type ExportForm = (typeof exportForms)[number];
