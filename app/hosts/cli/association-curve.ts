/** Recall over pairings as an SVG: a line for pairs that came together, one for the control. */
import type { AssociationPoint } from "#core/plasticity/association.ts";

const width = 640;
const height = 280;
const margin = { left: 48, right: 120, top: 28, bottom: 40 };

export interface AssociationRun {
  title: string;
  points: readonly AssociationPoint[];
}

const colours = ["#2563a8", "#b45a1f"];

export function associationCurve(name: string, runs: readonly AssociationRun[]): string {
  const most = Math.max(...runs.flatMap(({ points }) => points.map(({ pairings }) => pairings)));
  const x = (pairings: number) => (margin.left + (pairings / most) * (width - margin.left - margin.right)).toFixed(1);
  const y = (share: number) => (height - margin.bottom - share * (height - margin.top - margin.bottom)).toFixed(1);
  const lines = runs.flatMap(({ title, points }, i) => {
    const end = points.at(-1)!;
    const path = points.map(({ pairings, recalled }) => `${x(pairings)},${y(recalled)}`).join(" ");
    return [
      `<polyline fill="none" stroke="${colours[i]}" stroke-width="2.5" points="${path}"/>`,
      `<text x="${Number(x(end.pairings)) + 8}" y="${Number(y(end.recalled)) + 4}" fill="${colours[i]}">${title}</text>`,
    ];
  });
  const ticks = [0, 0.5, 1].map(
    (share) => `<text x="${margin.left - 8}" y="${Number(y(share)) + 4}" text-anchor="end" fill="#555">${100 * share} %</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<title>${name}: cues that bring back their outcome</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${margin.left}" y="18" font-size="13" fill="#222">${name}: cues that bring back their outcome</text>
<path d="M${margin.left} ${margin.top}V${height - margin.bottom}H${width - margin.right}" fill="none" stroke="#999"/>
${ticks.join("\n")}
<text x="${(margin.left + width - margin.right) / 2}" y="${height - 10}" text-anchor="middle" fill="#555">pairings (${most} at the end)</text>
${lines.join("\n")}
</svg>
`;
}
