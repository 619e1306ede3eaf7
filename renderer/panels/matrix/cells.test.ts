import { expect, test } from "vitest";
import type { Flow } from "#contracts/commands/analysis.ts";
import type { MatrixOrder } from "../../stores/matrix-store.ts";
import { matrixCells } from "./cells.ts";

const flow: Flow = {
  from: 1,
  to: 10,
  areas: ["b", "a", "idle", "c"].map((name, i) => ({
    area: name,
    name,
    kind: "custom",
    region: i === 3 ? "r0" : "r1",
    community: [2, 1, null, 1][i]!,
  })),
  modularity: 0.1,
  pairs: [
    { src: 0, dst: 1, synapses: 99, weight: -2, flow: 5 },
    { src: 3, dst: 0, synapses: 9, weight: 1, flow: 50 },
  ],
};

test("shows the areas that send or receive, in the order asked for", () => {
  const names = (order: MatrixOrder) => matrixCells(flow, "synapses", order, false).order.map((at) => flow.areas[at]!.name);
  expect(names("name")).toEqual(["a", "b", "c"]);
  expect(names("region")).toEqual(["c", "a", "b"]);
  expect(names("community")).toEqual(["a", "c", "b"]);
  expect(names("traffic")).toEqual(["b", "c", "a"]);
});

test("says where another region or community begins", () => {
  const breaks = (order: MatrixOrder) => matrixCells(flow, "synapses", order, false).breaks;
  expect([breaks("region"), breaks("community"), breaks("name")]).toEqual([[1], [2], []]);
});

test("strength is the share of the largest, or of its logarithm; a weight keeps its sign", () => {
  const [straight, bent] = [false, true].map((log) => matrixCells(flow, "synapses", "name", log).cells[1]!.strength);
  expect(straight).toBeCloseTo(9 / 99);
  expect(bent).toBeCloseTo(0.5);
  expect(matrixCells(flow, "weight", "name", false).cells[0]).toMatchObject({ value: -2, strength: 1, row: 1, column: 0 });
  expect(matrixCells({ ...flow, pairs: [] }, "flow", "name", true)).toEqual({ order: [], breaks: [], cells: [], largest: 0 });
});
