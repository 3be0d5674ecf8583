/** Where a reply or a note is written. */
import { safe } from "@mizan/runtime/client";
import { useState } from "react";
import { usePostMessage } from "../../mizan/client/index.js";
import { Failure } from "../parts/failure.js";

export function Composer({ ticketId }: { readonly ticketId: number }) {
  const post = usePostMessage();
  const [body, setBody] = useState("");
  const [internal, setInternal] = useState(false);

  async function send(): Promise<void> {
    const posted = await safe(post.mutate)({ ticket_id: ticketId, body, internal });
    // Otherwise the error is shown below, and what was written stays.
    if (posted.ok) setBody("");
  }

  return (
    <form
      className="composer"
      data-internal={internal}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        aria-label={internal ? "Note" : "Reply"}
        placeholder={internal ? "A note that only colleagues see" : "Write a reply"}
        rows={3}
        value={body}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send();
        }}
      />
      <Failure of={[post.error]} />
      <p className="composer-actions">
        <label className="check">
          <input
            type="checkbox"
            checked={internal}
            onChange={(event) => setInternal(event.target.checked)}
          />
          Note among colleagues
        </label>
        <button className="button button-main" disabled={post.isPending || body.trim() === ""}>
          {internal ? "Add note" : "Send reply"}
        </button>
      </p>
    </form>
  );
}
