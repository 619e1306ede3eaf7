/** What somebody wrote to a hit: pressed it is a field. Enter and leaving keep it, Escape does not. */
import { Pencil } from "lucide-react";
import { useRef, useState } from "react";
import type { LoggedHit } from "#contracts/debug.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { t } from "../../ui/messages.ts";

const longest = 2000;

export function HitNote({ hit: { id, burst, note } }: { hit: LoggedHit }) {
  const { stores, lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const button = useRef<HTMLButtonElement>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const keep = () => {
    setDraft(null);
    if (draft !== null && draft.trim() !== note) attempt(lab.debug.noteHit({ id, note: draft }).then(() => stores.debug.read()));
  };
  if (draft === null) {
    return (
      <button
        ref={button}
        type="button"
        className="hit-note"
        data-written={note !== "" || undefined}
        aria-label={note === "" ? t("breakpoints.addNoteTo", { burst }) : t("breakpoints.editNote", { burst, note })}
        disabled={!canWrite}
        onClick={() => setDraft(note)}
      >
        <Pencil size={11} aria-hidden /> {note === "" ? t("breakpoints.addNote") : note}
      </button>
    );
  }
  return (
    <input
      className="input"
      aria-label={t("breakpoints.noteTo", { burst })}
      value={draft}
      maxLength={longest}
      // biome-ignore lint/a11y/noAutofocus: it was asked for by the press
      autoFocus
      onChange={({ target }) => setDraft(target.value)}
      onBlur={keep}
      onKeyDown={({ key }) => {
        if (key !== "Enter" && key !== "Escape") return;
        if (key === "Enter") keep();
        setDraft(null);
        // Once the button is there again.
        requestAnimationFrame(() => button.current?.focus());
      }}
    />
  );
}
