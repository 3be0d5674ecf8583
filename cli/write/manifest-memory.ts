/** Manifests that were read before, and what they would be printed as: most are the same from run to run. */
import { printManifest, readManifest, type Manifest } from "./manifest.js";

/** What a manifest says, without whether its file was whole. */
type Content = Pick<Manifest, "generated" | "stubs">;

export type ManifestMemory = {
  /** What a manifest says that is on the disk. */
  read(path: string, text: string): Manifest;
  /** Its text; that of the last one printed for the path, if that said the same. */
  print(path: string, content: Content): string;
};

export function createManifestMemory(): ManifestMemory {
  const read = new Map<string, { readonly text: string; readonly manifest: Manifest }>();
  const printed = new Map<string, { readonly content: Content; readonly text: string }>();
  return {
    read(path, text) {
      const known = read.get(path);
      if (known?.text === text) return known.manifest;
      const manifest = readManifest(text);
      read.set(path, { text, manifest });
      return manifest;
    },
    print(path, content) {
      const known = printed.get(path);
      if (known !== undefined && isSame(known.content, content)) return known.text;
      const text = printManifest(content.generated, content.stubs);
      printed.set(path, { content, text });
      return text;
    },
  };
}

function isSame(a: Content, b: Content): boolean {
  return (
    isSameMap(a.stubs, b.stubs, Object.is) &&
    isSameMap(
      a.generated,
      b.generated,
      (before, now) =>
        before.length === now.length &&
        before.every(
          ({ exact, loose }, index) => exact === now[index]?.exact && loose === now[index].loose,
        ),
    )
  );
}

function isSameMap<Value>(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
  isSameValue: (before: Value, now: Value) => boolean,
): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !isSameValue(value, other)) return false;
  }
  return true;
}
