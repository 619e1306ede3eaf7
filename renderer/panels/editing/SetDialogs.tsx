/** The name of a set of areas: a new one of what is selected, or another name for one. */
import { useState } from "react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { EditForm } from "./EditForm.tsx";

/** `name`: of the set that is renamed; null: a new one. */
export function NameSet({ name: old }: { name: string | null }) {
  const { stores } = useWorkbench();
  const sets = useStore(stores.sets.store, (state) => state.sets);
  const [{ areas }] = useState(() => stores.selection.getState());
  const [name, setName] = useState(old ?? "");
  const wanted = name.trim();
  const exists = wanted !== old && sets.some((set) => set.name === wanted);
  return (
    <EditForm
      title={old === null ? t("sets.saveTitle", { count: areas.length }) : t("editing.rename", { name: old })}
      action={old === null ? t("sets.save") : t("editing.renameAction")}
      isReady={wanted !== ""}
      onSubmit={async () => (old === null ? stores.sets.save(wanted, areas) : stores.sets.rename(old, wanted))}
    >
      <TextField label={t("sets.name")} value={name} onChange={setName} note={exists ? t("sets.exists") : ""} autoFocus />
    </EditForm>
  );
}
