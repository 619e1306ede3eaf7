/** What can be done with a modulator or a classifier; each opens its dialog. */
import { Pencil, SlidersHorizontal, Trash2 } from "lucide-react";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { EditDialog } from "../../stores/editing-store.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";

export function EditButtons({
  name,
  change,
  rename,
  remove,
}: {
  name: string;
  change: EditDialog;
  rename?: EditDialog;
  remove: EditDialog;
}) {
  const { stores } = useWorkbench();
  const { ask } = stores.editing.getState();
  const isDisabled = !useCanWrite();
  const all = { variant: "quiet", isDisabled } as const;
  return (
    <span className="modulators-edit">
      <Button icon={SlidersHorizontal} label={t("modulators.change", { id: name })} {...all} onPress={() => ask(change)} />
      {rename && <Button icon={Pencil} label={t("editing.rename", { name })} {...all} onPress={() => ask(rename)} />}
      <Button icon={Trash2} label={t("editing.remove", { name })} {...all} onPress={() => ask(remove)} />
    </span>
  );
}
