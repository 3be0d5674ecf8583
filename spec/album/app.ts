/** The album: a server whose functions take files, behind Express and behind bare node:http. */
import { createServer, type Server } from "node:http";
import express from "express";
import { nodeListener, type Mizan } from "@mizan/runtime/server";
import type { MizanOptions } from "./mizan/server/handlers.js";
import { quiet } from "../support/quiet.js";
import { createMizan } from "./mizan/server/mizan.js";

export function createAlbum(options: Partial<MizanOptions> = {}): Mizan {
  return createMizan({
    authenticate: ({ headers }) =>
      typeof headers["x-user"] === "string" ? { id: headers["x-user"] } : null,
    // Owners' albums have their own number.
    predicates: {
      owns_album: ({ user, input }) => user?.id === String(input.album_id) && input.photo.size > 0,
    },
    csrf: false,
    logger: quiet,
    ...options,
  });
}

export const frameworks: readonly (readonly [string, (mizan: Mizan) => Server])[] = [
  ["Express 5", (mizan) => createServer(express().use("/api/mizan", mizan.router))],
  ["node:http", (mizan) => createServer(nodeListener(mizan))],
];
