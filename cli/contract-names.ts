/** Which files are contract files, by their name alone. The launcher asks it too, so nothing else is loaded here. */

export const configName = "mizan.config.kdl";

/** Hidden files (editors keep their own there) and the configuration are none. */
export function isContractFileName(name: string): boolean {
  return name.endsWith(".kdl") && !name.startsWith(".") && name !== configName;
}
