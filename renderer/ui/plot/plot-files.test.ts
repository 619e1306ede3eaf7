import { parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { plotDataOf } from "./plot-data.ts";
import { csvOf, niceTicks, parquetOf, svgOf, type Titled } from "./plot-files.ts";

const titled: Titled = {
  x: "Burst",
  y: "Firings",
  series: [
    { label: "V1, left", dash: [], colour: "#000000", kind: "line" },
    { label: "V1 & right", dash: [3, 2], colour: "#aa0000", kind: "bars" },
  ],
};
const { columns } = plotDataOf(
  [1, 2, 3],
  [
    [5, Number.NaN, 7],
    [0.5, 1, 1.5],
  ],
);

test("CSV has every row, names that need it in quotes, and nothing where there is no value", () => {
  expect(csvOf(columns(), titled)).toBe('Burst,"V1, left",V1 & right\n1,5,0.5\n2,,1\n3,7,1.5\n');
});

test("Parquet reads back as it was, by another package's reader", async () => {
  const file = await parquetOf(columns(), titled);
  expect(await parquetReadObjects({ file })).toEqual([
    { Burst: 1, "V1, left": 5, "V1 & right": 0.5 },
    { Burst: 2, "V1, left": null, "V1 & right": 1 },
    { Burst: 3, "V1, left": 7, "V1 & right": 1.5 },
  ]);
});

test("SVG breaks its line where there is no value, and draws a bar a row", () => {
  const svg = svgOf(columns(), titled);
  expect(svg.match(/d="(M[^"]*)" fill="none"/)?.[1]?.match(/M/g)).toHaveLength(2);
  expect(svg.match(/<rect x=/g)).toHaveLength(3);
  expect(svg).toContain("V1 &amp; right");
});

test("SVG hatches bands behind the curves, and stands stems on an axis of their own", () => {
  const look = { dash: [], colour: "#000000" };
  const series: Titled["series"] = [
    { ...look, label: "Potential", kind: "line" },
    { ...look, label: "Input", kind: "stems" },
    { ...look, label: "Refractory", kind: "shade" },
  ];
  const values = [
    [1, 1, 1, 1],
    [0, 4000, 0, 0],
    [0, 90_000, 90_000, 0],
  ];
  const svg = svgOf(plotDataOf([1, 2, 3, 4], values).columns(), { x: "Burst", y: "Potential", stems: "Input", series });
  expect(svg.match(/<rect [^>]*y="28"/g)).toHaveLength(1);
  expect(svg.indexOf("<pattern")).toBeLessThan(svg.indexOf('stroke-width="1.5"'));
  const labels = [...svg.matchAll(/<text x="(\d+)" y="[\d.]+"(?: text-anchor="end")?>([\d.]+)</g)].map(([, x, label]) => `${x} ${label}`);
  expect(labels).toEqual(expect.arrayContaining(["58 1", "662 4000"]));
  expect(svg).not.toContain("90000");
});

test("ticks are round and within", () => {
  expect(niceTicks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(niceTicks(0.13, 0.31, 4)).toEqual([0.15, 0.2, 0.25, 0.3]);
  expect(niceTicks(3, 3, 4)).toEqual([3]);
});
