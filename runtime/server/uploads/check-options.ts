/** What can be wrong about the option `uploads`, told at start instead of at the first large file. */
import { accessSync, constants, statSync } from "node:fs";
import type { ContractDefinition } from "../definition.js";
import type { Logger } from "../log.js";
import { isRecord } from "../values/own.js";
import { fileArgs, toUploadLimits, type UploadOptions } from "./limits.js";

const SIZES = ["maxFileBytes", "maxTotalBytes", "maxFiles", "memoryBytes"] as const;

export function checkUploads(
  given: UploadOptions | undefined,
  contract: ContractDefinition,
  logger: Logger,
  faults: string[],
): void {
  if (given !== undefined && !isRecord(given)) {
    faults.push("uploads must be an object");
    return;
  }
  const before = faults.length;
  for (const name of SIZES) {
    const size = given?.[name];
    if (size !== undefined && !(Number.isSafeInteger(size) && Number(size) >= 0)) {
      faults.push(`uploads.${name} must be a whole number, 0 or more`);
    }
  }
  const limits = toUploadLimits(given);
  const args = fileArgs(contract);
  const directory: unknown = given?.directory;
  if (directory !== undefined && typeof directory !== "string") {
    faults.push("uploads.directory must be the path of a folder");
  } else if ((args.length > 0 || directory !== undefined) && !isWritable(limits.directory)) {
    faults.push(`uploads.directory is no folder that can be written to: ${limits.directory}`);
  }
  if (faults.length > before) return;

  const most = Math.min(limits.maxFileBytes, limits.maxTotalBytes);
  for (const { name, shape } of args) {
    if (shape.maxBytes !== undefined && shape.maxBytes > most) {
      logger.warn(
        `mizan: ${name} may have ${shape.maxBytes} bytes by the contract, but uploads allows only ${most}`,
      );
    }
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
