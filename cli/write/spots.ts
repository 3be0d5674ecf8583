/** Where planned files go, worked out once per path: `--watch` asks about a thousand handlers at every save. */
import { basename, dirname } from "node:path";
import { isInnerPath, manifestName } from "./manifest.js";
import { toPath } from "./places.js";

export type Spot = {
  /** Absolute. */
  readonly path: string;
  /** The same for paths that a file system may take for one. */
  readonly key: string;
  /** The folder that it is in, and its name there. */
  readonly folder: string;
  readonly name: string;
  /** Whether a generated file or a handler may be called that. */
  readonly isAllowed: boolean;
};

/** By the output folder and the planned path in it. */
export type Spots = { of(root: string, path: string): Spot };

/** More than any contract has; what is no longer planned goes when they are forgotten. */
const most = 20_000;

export function createSpots(): Spots {
  const roots = new Map<string, Map<string, Spot>>();
  return {
    of(root, path) {
      let spots = roots.get(root);
      if (spots === undefined) roots.set(root, (spots = new Map()));
      const known = spots.get(path);
      if (known !== undefined) return known;
      if (spots.size >= most) spots.clear();
      const spot = toSpot(root, path);
      spots.set(path, spot);
      return spot;
    },
  };
}

function toSpot(root: string, path: string): Spot {
  const full = toPath(root, path);
  return {
    path: full,
    key: full.toLowerCase(),
    folder: dirname(full),
    name: basename(full),
    isAllowed: isInnerPath(path) && path !== manifestName,
  };
}
