/** A mapping beside another of the brain, rule by rule. */
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { CorticalMapping, MappingRule } from "#contracts/connectome.ts";
import type { CommandInput } from "../../bridge/lab-bridge.ts";
import { useAttempt, useWorkbench } from "../../shell/workbench.ts";
import { Select } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { PlanNotice, usePlannedEdit } from "../editing/PlannedEdit.tsx";
import { CompareTable } from "./CompareTable.tsx";
import { mappingRows } from "./rows.ts";

const keyOf = ({ src, dst }: Pick<CorticalMapping, "src" | "dst">) => `${src} ${dst}`;

export function CompareMappings({ mapping }: { mapping: CorticalMapping }) {
  const { stores } = useWorkbench();
  const mappings = useStore(stores.brain, (state) => state.mappings);
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const [other, setOther] = useState("");
  const nameOf = ({ src, dst }: CorticalMapping) => `${areaById.get(src)?.name ?? src} → ${areaById.get(dst)?.name ?? dst}`;
  const others = mappings.filter((one) => keyOf(one) !== keyOf(mapping));
  const found = others.find((one) => keyOf(one) === other);
  if (others.length === 0) return null;
  return (
    <details className="section">
      <summary>{t("compare.withMapping")}</summary>
      <Select
        label={t("compare.other")}
        value={other}
        onChange={setOther}
        placeholder={t("compare.choose")}
        choices={others.map((one) => ({ id: keyOf(one), label: nameOf(one) }))}
      />
      {found && <Both key={other} pair={[mapping, found]} names={[nameOf(mapping), nameOf(found)]} />}
    </details>
  );
}

function Both({ pair: [a, b], names }: { pair: readonly [CorticalMapping, CorticalMapping]; names: readonly [string, string] }) {
  const { lab } = useWorkbench();
  const attempt = useAttempt();
  const planned = usePlannedEdit();
  const rows = useMemo(() => mappingRows([a.rules, b.rules]), [a, b]);
  const take = (to: 0 | 1, rules: MappingRule[]) => {
    const { src, dst } = [a, b][to]!;
    const edit = { src, dst, rules } as CommandInput<"connectome.setMapping">;
    return planned.propose(
      () => lab.connectome.setMapping({ ...edit, dryRun: true }),
      () => lab.connectome.setMapping(edit),
    );
  };
  return (
    <>
      <PlanNotice edit={planned} />
      <CompareTable label={t("compare.title")} names={names} rows={rows} onTake={(to, rules) => attempt(take(to, rules))} />
    </>
  );
}
