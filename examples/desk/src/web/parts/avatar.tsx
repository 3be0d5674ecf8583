import type { Person } from "../../mizan/client/index.js";

declare module "react" {
  interface CSSProperties {
    /** The style sheet makes both colours of an avatar of it. */
    "--hue"?: number;
  }
}

/** A round picture made of initials; an empty ring for nobody. */
export function Avatar({ person }: { readonly person: Pick<Person, "name" | "hue"> | null }) {
  if (person === null) return <span className="avatar avatar-nobody" title="Nobody yet" />;
  const initials = person.name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join("");
  return (
    <span className="avatar" style={{ "--hue": person.hue }} title={person.name}>
      {initials.toUpperCase()}
    </span>
  );
}
