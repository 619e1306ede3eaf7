/**
 * Every shortcut, made from the command list itself, so that what is listed exists; each can be changed here. It opens with those of
 * the view that has the focus.
 */
import { Download, FolderOpen, RotateCcw } from "lucide-react";
import { useMemo, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useStore } from "zustand";
import type { WindowCommand } from "../../shell/commands/command.ts";
import { type HelpPage, helpPages } from "../../shell/help.ts";
import { type KeyPreset, keyPresetNames } from "../../shell/keymap.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { download } from "../../ui/download.ts";
import { Select, TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { ShortcutRow } from "./ShortcutRow.tsx";
import "./settings.css";

export function ShortcutsDialog() {
  const { shell } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "shortcuts");
  return (
    <AppDialog title={t("command.shortcuts")} isOpen={isOpen} onClose={shell.getState().close} footer={<Files />}>
      <Bindings focused={shell.getState().docks?.active() ?? "window"} />
    </AppDialog>
  );
}

function Bindings({ focused }: { focused: HelpPage["id"] }) {
  const { commands, keymap } = useWorkbench();
  const preset = useStore(keymap.store, (file) => file.preset);
  const changed = useStore(keymap.store, (file) => file.changed);
  const [query, setQuery] = useState("");
  const [page, setPage] = useState<HelpPage["id"] | "all">(focused);
  const pages = useMemo(() => helpPages(commands), [commands]);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ title, id }: WindowCommand) => words.every((word) => `${title} ${id}`.toLowerCase().includes(word));
  const shown = pages
    .filter(({ id }) => page === "all" || words.length > 0 || id === page)
    .map(({ id, title, commands: listed }) => ({ id, title, rows: listed.filter(matches) }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <>
      <div className="shortcut-head">
        <TextField label={t("shortcuts.search")} value={query} onChange={setQuery} />
        <Select<HelpPage["id"] | "all">
          label={t("shortcuts.of")}
          value={page}
          onChange={setPage}
          choices={[{ id: "all", label: t("shortcuts.all") }, ...pages.map(({ id, title }) => ({ id, label: title }))]}
        />
        <Select<KeyPreset>
          label={t("shortcuts.preset")}
          value={preset}
          onChange={keymap.setPreset}
          choices={keyPresetNames.map((id) => ({ id, label: t(`shortcuts.preset.${id}`) }))}
        />
      </div>
      {shown.map(({ id, title, rows }) => (
        <section key={id} aria-label={title}>
          <h3 className="shortcut-context">{title}</h3>
          <ul>
            {rows.map((command) => (
              <ShortcutRow key={command.id} command={command} isChanged={command.id in changed} />
            ))}
          </ul>
        </section>
      ))}
      {shown.length === 0 && <p className="dim">{t("palette.empty")}</p>}
    </>
  );
}

/** All back to the preset; out to a file and in from one. */
function Files() {
  const { keymap, stores } = useWorkbench();
  const any = useStore(keymap.store, ({ changed }) => Object.keys(changed).length > 0);
  const take = async (file: File) => {
    try {
      keymap.take(await file.text());
    } catch {
      stores.notices.getState().push("error", t("shortcuts.notKeys", { name: file.name }));
    }
  };
  return (
    <>
      <Button icon={RotateCcw} isDisabled={!any} onPress={() => keymap.reset()}>
        {t("shortcuts.resetAll")}
      </Button>
      <FileTrigger acceptedFileTypes={[".json"]} onSelect={(files) => files?.[0] && void take(files[0])}>
        <Button icon={FolderOpen}>{t("shortcuts.import")}</Button>
      </FileTrigger>
      <Button icon={Download} onPress={() => download("gyrus-keys.json", "application/json", keymap.text())}>
        {t("shortcuts.export")}
      </Button>
    </>
  );
}
