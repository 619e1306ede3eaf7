/** Layouts kept by name: use one, delete one, keep what is on screen; out to a file and in from one. */
import { Check, Download, FolderOpen, Save, Trash2 } from "lucide-react";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useStore } from "zustand";
import { freeName, layoutText, readLayout } from "../../shell/layout-file.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { download } from "../../ui/download.ts";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import "./layouts.css";

export function LayoutsDialog() {
  const { shell, layouts } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "layouts");
  const saved = useStore(layouts.store, (state) => state.saved);
  const [name, setName] = useState("");
  const [said, setSaid] = useState<{ severity: "info" | "error"; text: string } | null>(null);
  const close = () => {
    setSaid(null);
    shell.getState().close();
  };
  const names = Object.keys(saved).toSorted((a, b) => a.localeCompare(b));
  const wanted = name.trim();
  const take = async (file: File) => {
    try {
      const read = readLayout(await file.text());
      const added = freeName(read.name, saved);
      layouts.add(added, read.layout);
      const text = t(read.leftOut > 0 ? "layouts.addedWithout" : "layouts.added", { name: added, count: read.leftOut });
      setSaid({ severity: "info", text });
    } catch (error) {
      setSaid({ severity: "error", text: t("layouts.refused", { file: file.name, reason: messageOf(error) }) });
    }
  };
  return (
    <AppDialog
      title={t("layouts.title")}
      isOpen={isOpen}
      onClose={close}
      footer={
        <FileTrigger acceptedFileTypes={[".json"]} onSelect={(files) => files?.[0] && void take(files[0])}>
          <Button icon={FolderOpen}>{t("layouts.import")}</Button>
        </FileTrigger>
      }
    >
      {names.length === 0 && <p className="dim">{t("layouts.empty")}</p>}
      <ul className="layout-list">
        {names.map((known) => (
          <li key={known}>
            <span>{known}</span>
            <Button
              icon={Check}
              label={t("layouts.applyNamed", { name: known })}
              onPress={() => {
                const layout = saved[known];
                close();
                if (layout) shell.getState().docks?.apply(layout);
              }}
            >
              {t("layouts.apply")}
            </Button>
            <Button
              icon={Download}
              label={t("layouts.export", { name: known })}
              variant="quiet"
              onPress={() =>
                download(
                  `${known.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.layout.json`,
                  "application/json",
                  layoutText({ name: known, layout: saved[known]! }),
                )
              }
            />
            <Button icon={Trash2} label={t("layouts.remove", { name: known })} variant="quiet" onPress={() => layouts.remove(known)} />
          </li>
        ))}
      </ul>
      <form
        className="layout-save"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === "") return;
          layouts.save(wanted);
          setName("");
        }}
      >
        <TextField label={t("layouts.name")} value={name} onChange={setName} note={wanted in saved ? t("layouts.exists") : ""} />
        <Button type="submit" icon={Save} isDisabled={wanted === ""}>
          {t("layouts.save")}
        </Button>
      </form>
      {said !== null && (
        <Notice severity={said.severity} live>
          {said.text}
        </Notice>
      )}
    </AppDialog>
  );
}
