/** The names of a plot's series, each with how it is drawn and its value where somebody is. */
import type { SeriesKind } from "./chart.ts";
import { headOf, type StemHead, stemPath } from "./stems.ts";

export interface LegendEntry {
  label: string;
  kind: SeriesKind;
  token: string;
  dash: readonly number[];
  /** In words; null: there is none to tell. */
  value: string | null;
  /** How far from where measuring begins. */
  difference: string | null;
}

export function PlotLegend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="plot-legend">
      {entries.map(({ label, kind, token, dash, value, difference }, place) => (
        <li key={label}>
          <Swatch kind={kind} token={token} dash={dash} head={headOf(place)} />
          {label} {value !== null && <strong className="num">{value}</strong>}
          {difference !== null && <span className="num dim">Δ {difference}</span>}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ kind, token, dash, head }: Pick<LegendEntry, "kind" | "token" | "dash"> & { head: StemHead }) {
  const stroke = `var(--${token})`;
  return (
    <svg className="plot-swatch" width={18} height={10} aria-hidden="true" data-kind={kind}>
      {kind === "shade" && (
        <>
          <rect width={18} height={10} fill={stroke} />
          <path d="M-2 10 8 0M4 10 14 0M10 10 20 0" stroke={stroke} />
        </>
      )}
      {kind === "stems" && <path d={stemPath(9, 10, 3, head)} stroke={stroke} fill="none" />}
      {kind !== "shade" && kind !== "stems" && (
        <line x1={0} y1={5} x2={18} y2={5} style={{ stroke, ...(kind === "ticks" ? {} : { strokeDasharray: dash.join(" ") }) }} />
      )}
    </svg>
  );
}
