/** Best scores over evaluations as an SVG: a thin line a run, a thick one for the mean of each strategy. */
import type { Run } from "./evolution-comparison.ts";

const width = 640;
const height = 320;
const margin = { left: 48, right: 120, top: 28, bottom: 40 };
const colours = { evolution: "#2563a8", random: "#b45a1f" } as const;
const titles = { evolution: "evolution", random: "random search" } as const;

export function evolutionCurve(name: string, runs: readonly Run[]): string {
  const points = runs.flatMap((run) => run.points);
  const most = Math.max(...points.map(({ evaluations }) => evaluations));
  const [low, high] = [Math.min(...points.map(({ best }) => best)), Math.max(...points.map(({ best }) => best))];
  const x = (evaluations: number) => margin.left + (evaluations / most) * (width - margin.left - margin.right);
  const y = (score: number) => height - margin.bottom - ((score - low) / (high - low || 1)) * (height - margin.top - margin.bottom);
  const line = (run: Run["points"], style: string) =>
    `<polyline fill="none" ${style} points="${run.map(({ evaluations, best }) => `${x(evaluations).toFixed(1)},${y(best).toFixed(1)}`).join(" ")}"/>`;
  const strategies = [...new Set(runs.map(({ strategy }) => strategy))];
  const body = strategies.flatMap((strategy) => {
    const own = runs.filter((run) => run.strategy === strategy);
    const mean = own[0]!.points.map(({ evaluations }, i) => {
      return { evaluations, best: own.reduce((sum, run) => sum + (run.points[i] ?? run.points.at(-1)!).best, 0) / own.length };
    });
    const end = mean.at(-1)!;
    const label = `<text x="${(x(end.evaluations) + 8).toFixed(1)}" y="${(y(end.best) + 4).toFixed(1)}" fill="${colours[strategy]}">${titles[strategy]}</text>`;
    return [
      ...own.map((run) => line(run.points, `stroke="${colours[strategy]}" stroke-width="1" opacity="0.35"`)),
      line(mean, `stroke="${colours[strategy]}" stroke-width="2.5"`),
      label,
    ];
  });
  const ticks = [low, (low + high) / 2, high].map(
    (score) => `<text x="${margin.left - 8}" y="${(y(score) + 4).toFixed(1)}" text-anchor="end" fill="#555">${score.toFixed(2)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<title>${name}: best score, ${runs.length / strategies.length} seeds each and their mean</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${margin.left}" y="18" font-size="13" fill="#222">${name}: best score, ${runs.length / strategies.length} seeds each and their mean</text>
<path d="M${margin.left} ${margin.top}V${height - margin.bottom}H${width - margin.right}" fill="none" stroke="#999"/>
${ticks.join("\n")}
<text x="${(margin.left + width - margin.right) / 2}" y="${height - 10}" text-anchor="middle" fill="#555">brains judged (${most} at the end)</text>
${body.join("\n")}
</svg>
`;
}
