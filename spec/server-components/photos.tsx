"use client";
/** A client component: rendered on the server with what was read there, and alive in the browser. */
import { useSetCover, useSuspensePhotos } from "../album/mizan/client/index.js";

export function Photos() {
  const photos = useSuspensePhotos();
  const cover = useSetCover();
  return (
    <ul aria-busy={cover.isPending}>
      {photos.map(({ id, name }) => (
        <li key={id}>{name}</li>
      ))}
    </ul>
  );
}
