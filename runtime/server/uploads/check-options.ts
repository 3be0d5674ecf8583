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
  const limits = toUploadLimits(given);
  for (const name of SIZES) {
    if (!Number.isSafeInteger(limits[name]) || limits[name] < 0) {
      faults.push(`uploads.${name} must be a whole number, 0 or more`);
    }
  }
  const args = fileArgs(contract);
  if ((args.length > 0 || given?.directory !== undefined) && !isWritableFolder(limits.directory)) {
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

function isWritableFolder(path: unknown): boolean {
  if (typeof path !== "string") return false;
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
