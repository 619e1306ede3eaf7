/** Edits of the selected areas: one by its own command, several as one step. */
import { useEffect, useState } from "react";
import type { AreaDetails } from "#contracts/commands/connectome/areas.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import type { CommandInput } from "../../bridge/lab-bridge.ts";
import { useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { t } from "../../ui/messages.ts";
import { type PlannedEdit, usePlannedEdit } from "../editing/PlannedEdit.tsx";

type Values = Omit<CommandInput<"connectome.updateArea">, "id">;

export interface AreaEdits {
  /** What an area gets may depend on what it has. */
  update(values: Values | ((area: CorticalArea) => Values)): Promise<unknown>;
  /** As `update`, shown with its scale first. */
  propose(values: Values | ((area: CorticalArea) => Values)): Promise<unknown>;
  planned: PlannedEdit;
}

export function useAreaEdits(areas: readonly CorticalArea[]): AreaEdits {
  const { lab } = useWorkbench();
  const planned = usePlannedEdit();
  const group = t("editing.changeMany", { count: areas.length });
  const editsOf = (values: Values | ((area: CorticalArea) => Values)) =>
    areas.map((area) => ({ kind: "updateArea" as const, area: area.id, ...(typeof values === "function" ? values(area) : values) }));
  const update: AreaEdits["update"] = (values) => {
    const [only, ...others] = editsOf(values);
    if (only === undefined) return Promise.resolve();
    if (others.length > 0) return lab.connectome.apply({ edits: [only, ...others], group });
    const { kind: _, area: id, ...own } = only;
    return lab.connectome.updateArea({ id, ...own });
  };
  return {
    update,
    planned,
    propose: (values) =>
      planned.propose(
        () => lab.connectome.apply({ edits: editsOf(values), dryRun: true }),
        () => update(values),
      ),
  };
}

/** What the genome says beyond the living area; read again when areas change. */
export function useAreaDetails(area: CorticalArea | undefined): AreaDetails | null {
  const { lab } = useWorkbench();
  const refused = useRefusal();
  const [details, setDetails] = useState<{ of: CorticalArea; read: AreaDetails } | null>(null);
  useEffect(() => {
    if (!area) return;
    let current = true;
    lab.connectome.describeArea({ id: area.id }).then((read) => current && setDetails({ of: area, read }), refused);
    return () => {
      current = false;
    };
  }, [lab, area, refused]);
  return details && details.of.id === area?.id ? details.read : null;
}
