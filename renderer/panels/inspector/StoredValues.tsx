/** The id of an area, and what the genome stores of it under names that have no field: shown and edited as JSON, as it is written. */
import { useState } from "react";
import type { AreaDetails } from "#contracts/commands/connectome/areas.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { CommitTextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";

/** Whether the eight bytes of an id can be read and typed; else its Base64 is shown. */
export const isPlainId = (text: string): boolean => /^[\x20-\x7e]{8}$/.test(text);

export function StoredValues({ area, details }: { area: CorticalArea; details: AreaDetails }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const [isOpen, setOpen] = useState(false);
  const entries = Object.entries(details.properties);
  const rename = async (text: string) => {
    if (!isPlainId(text)) throw new LabError("E_INVALID", t("inspector.idForm"), { text });
    const { id } = await lab.connectome.changeAreaId({ id: area.id, to: btoa(text) });
    stores.selection.getState().selectArea(id);
  };
  return (
    <details className="section stored" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("inspector.stored", { count: entries.length })}</summary>
      {isPlainId(area.idText) && (
        <CommitTextField label={t("inspector.id")} value={area.idText} isDisabled={!canWrite || area.kind === "core"} onCommit={rename} />
      )}
      {entries.map(([name, value]) => (
        <CommitTextField
          key={name}
          label={name}
          value={JSON.stringify(value)}
          isDisabled={!canWrite}
          onCommit={(text) => lab.connectome.updateArea({ id: area.id, properties: { [name]: parsed(text) } })}
        />
      ))}
      {entries.length === 0 && <p className="dim">{t("inspector.nothingStored")}</p>}
    </details>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LabError("E_INVALID", t("inspector.noJson"), { text });
  }
}
