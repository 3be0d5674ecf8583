"use client";
/** Around the whole page, in its layout: the browser's client, by HTTP. */
import type { ReactNode } from "react";
import { MizanContext } from "../album/mizan/client/index.js";

export function Root({ children }: { readonly children: ReactNode }) {
  return <MizanContext baseUrl="/api/mizan">{children}</MizanContext>;
}
