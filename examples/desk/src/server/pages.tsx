/**
 * The page as HTML, rendered for whoever asks: every visitor has a client of their own, which reads from the API in
 * this process, without a request. What was read goes with the page, part by part, so that the browser asks for none
 * of it.
 *
 * A page is sent whole if its reads end soon, for it is to be read without scripts too. Otherwise what there is goes
 * ahead, and the rest follows when it is there. What fails here is left to the browser.
 */
import { Transform } from "node:stream";
import type { RequestHandler } from "express";
import { renderToPipeableStream } from "react-dom/server";
import type { ReactNode } from "react";
import { MizanError, createClient, type Transport } from "@mizan/runtime/client";
import { MizanData } from "@mizan/runtime/react";
import { inProcess, type Mizan } from "@mizan/runtime/server";
import {
  MizanContext,
  fetchInboxContext,
  useSuspenseGlobalContext,
} from "../mizan/client/index.js";
import { App } from "../web/app.js";
import { addressOf, home, isAddress } from "../web/route.js";

export interface PageOptions {
  /** Milliseconds for which a page waits to be whole, once its first part is there. Default 200. */
  readonly patienceMs?: number;
  /** Stands before the reads of every page; tests delay them with it. */
  readonly reads?: (transport: Transport) => Transport;
}

/** Milliseconds after which the browser reads for itself what is not there. */
const deadlineMs = 10_000;

/** Answers every address of the desk. `template` is the built `index.html`. */
export function renderPages(
  mizan: Pick<Mizan, "handle">,
  template: string,
  { patienceMs = 200, reads = (transport) => transport }: PageOptions,
): RequestHandler {
  const { head, entry, tail } = split(template);

  return async (request, response, next) => {
    if (!isAddress(request.path)) return next();
    const client = createClient({ transport: reads(inProcess(mizan, { request })), retry: 0 });
    // Who comes without an address gets the newest ticket, unless there is no room for it beside the list.
    if (request.path === home && request.headers["sec-ch-ua-mobile"] !== "?1") {
      const [newest] = await fetchInboxContext({}, { client }).then(
        ({ inbox_tickets: tickets }) => tickets,
        // The page itself will have to say what is wrong.
        () => [],
      );
      if (newest) return response.redirect(addressOf({ kind: "all" }, newest.id));
    }

    // What the answer says as a whole, as far as it is known when the answer begins.
    let status = 200;
    const stream = renderToPipeableStream(
      <MizanContext client={client}>
        <MizanData>
          <Begun>
            <App path={request.path} />
          </Begun>
        </MizanData>
      </MizanContext>,
      {
        bootstrapModules: [entry],
        // However long it is: what is ready stands in its place, and is not moved there by a script.
        progressiveChunkSize: Number.MAX_SAFE_INTEGER,
        onShellReady: () => {
          patience = setTimeout(send, patienceMs);
        },
        onAllReady: send,
        // The page as it was built tells the visitor what is wrong, or works.
        onShellError: () => response.status(status).type("html").send(template),
        onError: (error) => {
          if (error instanceof MizanError && error.status) status = error.status;
          else if (!response.closed) console.error(error);
        },
      },
    );
    let patience: NodeJS.Timeout | undefined;
    const deadline = setTimeout(() => stream.abort(), deadlineMs);
    response.on("close", () => {
      clearTimeout(patience);
      clearTimeout(deadline);
      stream.abort();
    });

    function send(): void {
      if (response.headersSent || response.closed) return;
      // It shows who is signed in.
      response.status(status).type("html").set("Cache-Control", "private, no-store");
      response.write(head);
      stream
        .pipe(
          new Transform({
            transform: (chunk, _encoding, done) => done(null, chunk),
            flush: (done) => done(null, tail),
          }),
        )
        .pipe(response);
    }
  };
}

/**
 * Holds the first part back until there is what every view shows a bit of: the team, the counts, who is signed in.
 * So the views below need not suspend for it.
 */
function Begun({ children }: { readonly children: ReactNode }) {
  useSuspenseGlobalContext();
  return children;
}

/** What stands before and after the rendered part, and the script that takes it over. */
function split(template: string): { head: string; entry: string; tail: string } {
  const script = /<script type="module"[^>]* src="([^"]+)"[^>]*><\/script>/;
  const root = '<div id="root">';
  const entry = script.exec(template)?.[1];
  const [head, tail] = template.replace(script, "").split(root);
  if (entry === undefined || head === undefined || tail === undefined) {
    throw new Error("index.html has no script, or no #root");
  }
  return { head: head + root, entry, tail };
}
