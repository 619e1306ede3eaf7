/** The two selected areas side by side. */
import { useMemo } from "react";
import type { CorticalArea } from "#contracts/connectome.ts";
import { useAttempt } from "../../shell/workbench.ts";
import { t } from "../../ui/messages.ts";
import { PlanNotice } from "../editing/PlannedEdit.tsx";
import { useAreaEdits } from "../inspector/use-area-edits.ts";
import { CompareTable } from "./CompareTable.tsx";
import { areaRows } from "./rows.ts";

export function CompareAreas({ areas: [a, b] }: { areas: readonly [CorticalArea, CorticalArea] }) {
  const attempt = useAttempt();
  const edits = [useAreaEdits([a]), useAreaEdits([b])] as const;
  const rows = useMemo(() => areaRows([a, b]), [a, b]);
  return (
    <section className="section" aria-label={t("compare.title")}>
      <h2 className="view-title">{t("compare.areas", { a: a.name, b: b.name })}</h2>
      <PlanNotice edit={edits[0].planned} />
      <PlanNotice edit={edits[1].planned} />
      <CompareTable
        label={t("compare.title")}
        names={[a.name, b.name]}
        rows={rows}
        onTake={(to, values) => attempt(edits[to].propose(values))}
      />
    </section>
  );
}
