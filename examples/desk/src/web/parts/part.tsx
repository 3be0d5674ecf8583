/** A part of the page that has its data when it is shown. Until then it says so, and where that failed, why. */
import { Suspense, type ReactNode } from "react";
import { MizanError } from "@mizan/runtime/client";
import { MizanData, MizanErrorBoundary, type Failed } from "@mizan/runtime/react";
import { wordsFor } from "./failure.js";

export function Part({ children }: { readonly children: ReactNode }) {
  return (
    <MizanErrorBoundary fallback={failed}>
      <Suspense fallback={<p className="nothing">Loading …</p>}>
        <MizanData>{children}</MizanData>
      </Suspense>
    </MizanErrorBoundary>
  );
}

function failed({ error, retry }: Failed): ReactNode {
  return (
    <p className="nothing">
      {error instanceof MizanError ? wordsFor(error) : "Something went wrong here."}{" "}
      <button type="button" className="link" onClick={retry}>
        Try again
      </button>
    </p>
  );
}
