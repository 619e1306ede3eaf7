/** Duplicates a region with what is in it: the name of the copy, what that adds, and what stays with the source alone. */
import { useState } from "react";
import type { OutputOf } from "#contracts/command.ts";
import type { RegionCommands } from "#contracts/commands/connectome/regions.ts";
import { copyName } from "../../shell/commands/area-edits.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { EditForm, PlanText, usePlan } from "./EditForm.tsx";

type Told = OutputOf<RegionCommands["cloneRegion"]>;

export function CloneRegion({ id }: { id: string }) {
  const { lab, stores } = useWorkbench();
  const { regions, areaById } = stores.brain.getState();
  const source = regions.find((region) => region.id === id)?.name ?? "";
  const [name, setName] = useState(() =>
    copyName(
      source,
      regions.map((region) => region.name),
    ),
  );
  const [told, setTold] = useState<Told | null>(null);
  const asked = name.trim();
  const plan = async () => {
    const answer = await lab.connectome.cloneRegion({ id, name: asked, dryRun: true });
    setTold(answer);
    return answer;
  };
  const planned = usePlan(asked === "" ? null : plan, asked);
  const leftOut = (told?.leftOut ?? []).map((area) => areaById.get(area)?.name ?? area);
  const duplicate = async () => {
    const made = await lab.connectome.cloneRegion({ id, name: asked });
    stores.editing.getState().choose({ region: made.id });
    const { areas, mappings, border } = made;
    const done = t("editing.regionCopied", { source, name: asked, areas, mappings });
    stores.notices.getState().push("info", border > 0 ? `${done} ${t("editing.borderLeft", { count: border })}` : done);
  };
  return (
    <EditForm
      title={t("editing.duplicateOne", { name: source })}
      action={t("editing.duplicate")}
      isReady={asked !== "" && planned.summary !== null}
      onSubmit={duplicate}
    >
      <TextField label={t("inspector.name")} value={name} onChange={setName} note={t("editing.copyNameNote")} autoFocus />
      {asked !== "" && <PlanText plan={planned} />}
      {told && planned.summary && (
        <>
          {told.border > 0 && <p>{t("editing.borderLeft", { count: told.border })}</p>}
          {leftOut.length > 0 && <p>{t("editing.areasLeft", { count: leftOut.length, names: shortList(leftOut) })}</p>}
        </>
      )}
    </EditForm>
  );
}

const mostNames = 8;

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(", ");
  return names.length > mostNames ? `${shown} ${t("editing.more", { count: names.length - mostNames })}` : shown;
}
