/** Two things side by side: a row a property, a word where they differ, and the buttons that copy a value to the other. */
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useState } from "react";
import { useCanWrite } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Switch } from "../../ui/fields.tsx";
import { formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import type { CompareRow } from "./rows.ts";
import "./compare.css";

export function CompareTable<E>({
  label,
  names,
  rows,
  onTake,
}: {
  label: string;
  names: readonly [string, string];
  rows: readonly CompareRow<E>[];
  /** `to` gets these values. */
  onTake: (to: 0 | 1, values: E) => void;
}) {
  const canWrite = useCanWrite();
  const [all, setAll] = useState(false);
  const differing = rows.filter(({ differs }) => differs);
  const shown = all ? rows : differing;
  const copy = ({ label: what, take }: CompareRow<E>, from: 0 | 1) => {
    const to = from === 0 ? 1 : 0;
    if (!take) return null;
    return (
      <Button
        icon={from === 0 ? ArrowRight : ArrowLeft}
        variant="quiet"
        isDisabled={!canWrite}
        label={t("compare.copy", { what, from: names[from], to: names[to] })}
        onPress={() => onTake(to, take(from))}
      />
    );
  };
  return (
    <>
      <p className="dim" aria-live="polite">
        {t("compare.count", { differing: differing.length, count: rows.length })}
      </p>
      <Switch label={t("compare.all")} value={all} onCommit={setAll} />
      {shown.length === 0 ? (
        <EmptyState>{t("compare.same")}</EmptyState>
      ) : (
        <table className="data-table compare-table" aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t("compare.property")}</th>
              <th scope="col">{names[0]}</th>
              <th scope="col">{names[1]}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.key} data-differs={row.differs || undefined}>
                <th scope="row">
                  {row.label}
                  {all && row.differs && <span className="compare-differs"> {t("compare.differs")}</span>}
                </th>
                {([0, 1] as const).map((side) => (
                  <td key={side}>
                    <span className="num">{written(row.values[side])}</span>
                    {row.differs && copy(row, side)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function written(value: unknown): string {
  if (value === undefined || value === null) return t("compare.none");
  if (typeof value === "boolean") return t(value ? "compare.on" : "compare.off");
  if (typeof value === "number") return formatExact(value);
  if (Array.isArray(value)) return value.map(written).join(" × ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
