/** A plot's values in words: at most a hundred rows, and how many of how many they are. */
import { t } from "../messages.ts";
import type { SeriesKind } from "./chart.ts";
import { decimate } from "./decimate.ts";
import type { Columns } from "./plot-data.ts";

const mostBuckets = 49;

export function PlotTable({
  label,
  columns,
  x,
  series,
  format,
}: {
  label: string;
  columns: Columns;
  x: { label: string; format: (value: number) => string };
  series: readonly { label: string; kind?: SeriesKind }[];
  format: (value: number, kind?: SeriesKind) => string;
}) {
  const drawn = decimate(columns, mostBuckets);
  const count = columns.x.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
    <section className="plot-table" aria-label={label} tabIndex={0}>
      <table className="data-table">
        {drawn.x.length < count && <caption>{t("plot.tableShort", { shown: drawn.x.length, count })}</caption>}
        <thead>
          <tr>
            <th scope="col">{x.label}</th>
            {series.map(({ label: name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drawn.x.map((at, row) => (
            <tr key={at}>
              <th scope="row">{x.format(at)}</th>
              {drawn.y.map((column, i) => (
                <td key={series[i]?.label}>{format(column[row] ?? Number.NaN, series[i]?.kind)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
