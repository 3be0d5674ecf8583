/** What the compiler says of files: which values a caller may give, and what a handler is given. */
import type { UploadedFile } from "@mizan/runtime/server";
import { callAddPhoto, callAddPhotos, callPrintAlbum, callSetCover } from "./mizan/client/index.js";
import { useAddPhoto } from "./mizan/client/react.js";
import type {
  AddPhotoHandler,
  AddPhotosHandler,
  SetCoverHandler,
} from "./mizan/server/handlers.js";

const rest = { album_id: 1, labels: [], tags: [] };
const blob = new Blob([]);

export async function calls(file: File): Promise<void> {
  await callAddPhoto({ ...rest, photo: file });
  await callAddPhoto({ ...rest, photo: blob });
  await callAddPhotos({ album_id: 1, photos: [file, blob] });
  await callSetCover({ album_id: 1 });
  await callSetCover({ album_id: 1, cover: null });
  await callPrintAlbum({ album_id: 1, paper: null, copies: [], notes: [file] });
  await useAddPhoto().mutate({ ...rest, photo: file });
  // @ts-expect-error -- a text is no file
  await callAddPhoto({ ...rest, photo: "x" });
  // @ts-expect-error -- the file is required
  await callAddPhoto(rest);
  // @ts-expect-error -- one file is no list
  await callAddPhotos({ album_id: 1, photos: file });
  // @ts-expect-error -- what a handler gets is not what a client sends
  await callAddPhoto({ ...rest, photo: await ({} as Promise<UploadedFile>) });
}

export const addPhoto: AddPhotoHandler = async ({ photo }, ctx) => {
  const bytes: Uint8Array = await photo.bytes();
  for await (const piece of photo.stream()) bytes.set(piece);
  await photo.saveTo("copy", { overwrite: true });
  // @ts-expect-error -- names are for reading
  photo.name = "other";
  // @ts-expect-error -- a Blob of the browser is no uploaded file
  await ctx.call.add_photo({ ...rest, photo: blob });
  return ctx.call.add_photo({ ...rest, photo });
};

export const addPhotos: AddPhotosHandler = ({ photos }) =>
  photos.reduce((n, { size }) => n + size, 0);

export const setCover: SetCoverHandler = ({ cover }) => {
  // @ts-expect-error -- it may be null
  return cover.size > 0 ? null : null;
};
