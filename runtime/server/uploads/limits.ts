/** How much the files of one call may take, and where it is kept. */
import { tmpdir } from "node:os";
import type { ContractDefinition, FileShape, Shape } from "../definition.js";

/** The option `uploads` of `createMizan`. Every size is in bytes. */
export interface UploadOptions {
  /** Of one file. Default 10,485,760 (10 MB). What the contract says of a field can only be less. */
  readonly maxFileBytes?: number;
  /** Of all files of one call together. Default 52,428,800 (50 MB). */
  readonly maxTotalBytes?: number;
  /** Files in one call. Default 20. */
  readonly maxFiles?: number;
  /** Of one call's files, how much is kept in memory before the rest goes to disk. Default 1,048,576. */
  readonly memoryBytes?: number;
  /** An existing folder, on a disk with room for what may arrive at once. Default: that of the system. */
  readonly directory?: string;
}

export type UploadLimits = Required<UploadOptions>;

const MEGABYTE = 1024 * 1024;

export const toUploadLimits = (given: UploadOptions = {}): UploadLimits => ({
  maxFileBytes: given.maxFileBytes ?? 10 * MEGABYTE,
  maxTotalBytes: given.maxTotalBytes ?? 50 * MEGABYTE,
  maxFiles: given.maxFiles ?? 20,
  memoryBytes: given.memoryBytes ?? MEGABYTE,
  directory: given.directory ?? tmpdir(),
});

/** The file that an arg of this shape takes, alone or in a list; null when it takes none. */
export function fileShapeOf(shape: Shape): FileShape | null {
  switch (shape.kind) {
    case "file":
      return shape;
    case "optional":
      return fileShapeOf(shape.inner);
    case "list":
      return fileShapeOf(shape.item);
    default:
      return null;
  }
}

/** Every arg of functions and views that takes files, as `function.arg`. */
export function fileArgs(
  contract: ContractDefinition,
): readonly { readonly name: string; readonly shape: FileShape }[] {
  return [...contract.functions, ...(contract.views ?? [])].flatMap((fn) =>
    fn.input.flatMap((field) => {
      const shape = fileShapeOf(field.shape);
      return shape === null ? [] : [{ name: `${fn.name}.${field.name}`, shape }];
    }),
  );
}
