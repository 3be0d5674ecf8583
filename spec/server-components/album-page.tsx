/** A server component: runs on the server alone, for one request, and is not in what the browser loads. */
import { Suspense } from "react";
import { createClient, snapshotOf } from "@mizan/runtime/client";
import { MizanHydrate } from "@mizan/runtime/react";
import { inProcess, type Mizan } from "@mizan/runtime/server";
import { AlbumContext, albumContext, fetchAlbumContext } from "../album/mizan/client/index.js";
import { Photos } from "./photos.js";

interface AlbumPageProps {
  readonly mizan: Mizan;
  /** Of the request that is answered: who asks stands in them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly album_id: number;
}

export async function AlbumPage({ mizan, headers, album_id }: AlbumPageProps) {
  // One for each request: what it reads may be for this user's eyes only.
  const client = createClient({ transport: inProcess(mizan, { headers }), retry: 0 });
  const params = { album_id };
  const album = await fetchAlbumContext(params, { client });
  return (
    <>
      <h1>{`An album of ${album.photos.length}`}</h1>
      <MizanHydrate snapshot={snapshotOf(albumContext, params, album)}>
        <AlbumContext album_id={album_id}>
          <Suspense fallback="Loading …">
            <Photos />
          </Suspense>
        </AlbumContext>
      </MizanHydrate>
    </>
  );
}
