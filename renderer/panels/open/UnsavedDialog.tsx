/** Asks before another brain takes the place of one with unsaved edits: what changed, and whether to save it. */
import { FolderOpen } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { fitsGenome, formatOfPath, unsavedEdits } from "#contracts/unsaved.ts";
import type { Replacing } from "../../shell/replacing.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { scaleOf } from "../history/edit-scale.ts";
import { useAskedPath } from "./use-asked-path.ts";
import "./unsaved.css";

export function UnsavedDialog({ question: { opening, title, steps, path: own, answer } }: { question: Replacing }) {
  const { lab, stores } = useWorkbench();
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const { path, setPath, desktop } = useAskedPath(own ?? "");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { count, named, before } = unsavedEdits(steps);
  const usual = fitsGenome(steps) ? "genome" : "brain";
  const save = async () => {
    const into = path.trim();
    setSaving(true);
    setRefusal(null);
    try {
      const { files } = await lab.session.export(into === "" ? { format: usual } : { format: formatOfPath(into), path: into });
      stores.notices.getState().push("info", t("file.saved", { path: files[0]?.path ?? into }));
      answer(true);
    } catch (error) {
      setRefusal(t("unsaved.notSaved", { reason: messageOf(error) }));
      setSaving(false);
    }
  };
  return (
    <AppDialog
      title={t("unsaved.title", { name: title })}
      isOpen
      onClose={() => answer(false)}
      footer={
        <>
          <Button onPress={() => answer(false)}>{t("unsaved.cancel")}</Button>
          <Button variant="danger" isDisabled={isSaving} onPress={() => answer(true)}>
            {t("unsaved.discard")}
          </Button>
          <Button variant="primary" isDisabled={isSaving} onPress={save}>
            {t("unsaved.save")}
          </Button>
        </>
      }
    >
      <p>{t("unsaved.lost", { name: opening })}</p>
      {count === 0 ? (
        <p>{t("unsaved.byHand")}</p>
      ) : (
        <>
          <p>{t("unsaved.edits", { count })}</p>
          <ul className="unsaved-edits">
            {named.map(({ index, group, undone, summary }) => (
              <li key={index}>
                <strong>{undone ? t("unsaved.takenBack", { group }) : group}</strong>{" "}
                <span className="dim">{scaleOf(summary, (id) => areaById.get(id)?.name ?? id)}</span>
              </li>
            ))}
            {before > 0 && <li className="dim">{t("unsaved.before", { count: before })}</li>}
          </ul>
        </>
      )}
      {refusal !== null && <Notice severity="error">{refusal}</Notice>}
      <form
        className="open-path"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField label={t("unsaved.into")} value={path} onChange={setPath} placeholder={t("unsaved.intoHint")} autoFocus />
        {desktop && (
          <Button icon={FolderOpen} onPress={() => desktop.askPath(path.trim() || (usual === "genome" ? "genome.json" : "brain.brain"))}>
            {t("unsaved.choose")}
          </Button>
        )}
      </form>
      {usual === "brain" && <p className="dim">{t("unsaved.intoNote")}</p>}
    </AppDialog>
  );
}
