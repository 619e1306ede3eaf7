/** Layouts kept by name: use one, delete one, keep what is on screen. */
import { Check, Save, Trash2 } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import "./layouts.css";

export function LayoutsDialog() {
  const { shell, layouts } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "layouts");
  const saved = useStore(layouts.store, (state) => state.saved);
  const [name, setName] = useState("");
  const { close } = shell.getState();
  const names = Object.keys(saved).toSorted((a, b) => a.localeCompare(b));
  const wanted = name.trim();
  return (
    <AppDialog title={t("layouts.title")} isOpen={isOpen} onClose={close}>
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
    </AppDialog>
  );
}
