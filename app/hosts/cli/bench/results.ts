/** From rows to what is printed: JSON results with ratios, a table for a person, a table for the README. */
import { printTable } from "../output.ts";
import type { Figure, Row } from "./suite.ts";

export const yardsticks = ["reference", "floor", "brian2", "nest", "feagi"] as const;
type Yardstick = (typeof yardsticks)[number];

export interface Result {
  name: string;
  engine: string;
  threads: number;
  metric: string;
  unit: string;
  min: number;
  median: number;
  max: number;
  n: number;
  /** This engine's best by the yardstick's best, same figure, metric and threads; null where there is no such row. */
  ratioTo: Record<Yardstick, number | null>;
}

export function resultsOf(figure: Figure, rows: Row[]): Result[] {
  return rows.map(({ metric, unit, engine, threads, values, isRate }) => {
    const sorted = values.toSorted((a, b) => a - b);
    const best = bestOf({ values, isRate: isRate ?? false });
    const ratio = (yardstick: Yardstick) => {
      const same = rows.filter((row) => row.engine === yardstick && row.metric === metric);
      // The reference has one thread, whatever it is compared with.
      const base = same.find((row) => row.threads === threads) ?? (yardstick === "reference" ? same[0] : undefined);
      const of = base && bestOf(base);
      return of && best !== null ? best / of : null;
    };
    return {
      name: figure.name,
      engine,
      threads,
      metric,
      unit,
      min: sorted[0] ?? 0,
      median: sorted[Math.floor(sorted.length / 2)] ?? 0,
      max: sorted.at(-1) ?? 0,
      n: sorted.length,
      ratioTo: Object.fromEntries(yardsticks.map((yardstick) => [yardstick, ratio(yardstick)])) as Result["ratioTo"],
    };
  });
}

/** A shared machine only ever adds time. */
function bestOf({ values, isRate }: Pick<Row, "values" | "isRate">): number | null {
  if (values.length === 0) return null;
  return isRate ? Math.max(...values) : Math.min(...values);
}

export function printResults(results: Result[]): void {
  const shown = yardsticks.filter((yardstick) => results.some(({ ratioTo }) => ratioTo[yardstick] !== null));
  printTable(
    ["engine", "threads", "metric", "unit", "min", "median", "max", "n", ...shown.map((yardstick) => `÷ ${yardstick}`)],
    results.map((row) => [
      row.engine,
      String(row.threads),
      row.metric,
      row.unit,
      digits(row.min),
      digits(row.median),
      digits(row.max),
      String(row.n),
      ...shown.map((yardstick) => digits(row.ratioTo[yardstick])),
    ]),
  );
}

/** What the native engine showed (the reference where it does not run), one line a metric and thread count. */
export function markdownTable(results: Result[], figures: Figure[]): string {
  const lines = ["| | Threads | Native | ÷ reference | ÷ floor | ÷ Brian2 | ÷ NEST | ÷ FEAGI |", "|---|---|---|---|---|---|---|---|"];
  for (const figure of figures) {
    const own = results.filter(({ name }) => name === figure.name);
    const rows = own.filter(({ engine }) => engine === (own.some((row) => row.engine === "native") ? "native" : "reference"));
    for (const { threads, metric, unit, min, max, ratioTo } of rows) {
      const what =
        rows.length > 1 && new Set(rows.map((row) => row.metric)).size > 1 ? `${figure.name}: ${metric}` : `${figure.name}: ${figure.what}`;
      const value = `${digits(unit === "1/s" ? max : min)} ${unit}`;
      lines.push(`| ${[what, threads, value, ...yardsticks.map((yardstick) => digits(ratioTo[yardstick]))].join(" | ")} |`);
    }
  }
  return lines.join("\n");
}

function digits(value: number | null): string {
  if (value === null) return "–";
  return value >= 1e6 ? `${(value / 1e6).toPrecision(3)} M` : value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
