/** The pairs of a matrix as a table, which has the keys. */
import type { Flow } from "#contracts/commands/analysis.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCompact, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { AreaLink } from "../memory/AreaLink.tsx";
import type { Cell } from "./cells.ts";
import { communitiesOf, endsOf } from "./pair-words.ts";

const mostRows = 100;

interface PairTableProps {
  flow: Flow;
  cells: readonly Cell[];
  hasCommunities: boolean;
}

/** The strongest pairs, by what is shown. */
export function PairTable({ flow, cells, hasCommunities }: PairTableProps) {
  const { stores } = useWorkbench();
  const rows = [...cells].sort((a, b) => b.strength - a.strength).slice(0, mostRows);
  return (
    <table className="data-table matrix-table">
      <caption>{t("matrix.table", { shown: rows.length, count: cells.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("matrix.source")}</th>
          <th scope="col">{t("matrix.target")}</th>
          {hasCommunities && <th scope="col">{t("matrix.community")}</th>}
          <th scope="col">{t("matrix.value.synapses")}</th>
          <th scope="col">{t("matrix.value.weight")}</th>
          <th scope="col">{t("matrix.value.flow")}</th>
          <th scope="col">
            <span className="visually-hidden">{t("matrix.select")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((cell) => {
          const [src, dst] = endsOf(flow, cell);
          return (
            <tr key={`${src} ${dst}`}>
              <td>
                <AreaLink id={src} />
              </td>
              <td>
                <AreaLink id={dst} />
              </td>
              {hasCommunities && <td className="num">{communitiesOf(flow, cell, "short")}</td>}
              <td className="num">{formatCompact(cell.pair.synapses)}</td>
              <td className="num">{formatFigure(cell.pair.weight)}</td>
              <td className="num">{formatCompact(cell.pair.flow)}</td>
              <td>
                <Button variant="quiet" onPress={() => stores.selection.getState().selectAreas([src, dst])}>
                  {t("matrix.select")}
                </Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
