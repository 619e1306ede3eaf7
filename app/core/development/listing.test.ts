import { describe, expect, test } from "vitest";
import { grown } from "./grow.ts";
import { findArea, synapsesBetween } from "./listing.ts";
import { developmentSummary } from "./summary.ts";
import { handMade, idOf } from "./testing/hand-made.ts";

/** The list itself instead of its digest. */
const plain = (text: string) => text;

const connectome = grown(
  handMade({
    caaaaaaa: {
      dimensions: [11, 1, 1],
      neuronsPerVoxel: 2,
      parameters: { postsynapticCurrent: 2.7 },
      to: { cbbbbbbb: [{ morphology: "lateral_+x", multiplier: -1.5, delayBursts: 4 }], cddddddd: [{}] },
    },
    cbbbbbbb: { dimensions: [3, 1, 1], neuronsPerVoxel: 2, to: { cbbbbbbb: [{ multiplier: 2 }, {}] } },
  }),
);
const [a, b] = [idOf("caaaaaaa"), idOf("cbbbbbbb")];

describe("synapses between areas", () => {
  test("name both ends by voxel and neuron in the voxel", () => {
    const [pair] = synapsesBetween(connectome, a, b, plain);
    expect(pair).toMatchObject({ src: a, dst: b });
    expect(pair!.synapses).toEqual(
      [
        [
          [0, 0, 0, 0],
          [1, 0, 0, 1],
        ],
        [
          [0, 0, 0, 1],
          [1, 0, 0, 1],
        ],
        [
          [1, 0, 0, 0],
          [2, 0, 0, 1],
        ],
        [
          [1, 0, 0, 1],
          [2, 0, 0, 1],
        ],
      ].map((ends) => [...ends, 1.5, Math.fround(2.7), 1, 4]),
    );
  });

  test("have a digest over voxels, whole weights and potentials", () => {
    const [pair] = synapsesBetween(connectome, a, b, plain);
    const [first, second] = ["0,0,0>1,0,0 w1 p2 t1", "1,0,0>2,0,0 w1 p2 t1"];
    expect(pair!.sha256OfList).toBe([first, first, second, second].join("\n"));
  });

  test("are sorted by number, parallel ones by weight", () => {
    const [pair] = synapsesBetween(connectome, b, b, plain);
    expect(pair!.synapses.map(([from, , weight]) => `${from.join()} ${weight}`)).toEqual(
      [0, 1, 2].flatMap((x) => [0, 1].flatMap((k) => [1, 2].map((weight) => `${x},0,0,${k} ${weight}`))),
    );
  });

  test("come for every reached area when no destination is named, and as an empty list for one that is not reached", () => {
    expect(synapsesBetween(connectome, a, undefined).map(({ dst }) => dst)).toEqual([b]);
    expect(synapsesBetween(connectome, b, a)).toEqual([
      { src: b, dst: a, synapses: [], sha256OfList: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    ]);
  });
});

test("an area is found by id, by its letters with or without padding, and by name", () => {
  for (const text of [idOf("___pain_"), "___pain_", "___pain"]) expect(findArea(connectome, text)?.idText).toBe("___pain_");
  expect(findArea(connectome, "cbbbbbbb")?.id).toBe(b);
  expect(findArea(connectome, "nobody")).toBeUndefined();
});

test("the summary has a row for every pair the genome names, also to areas that are not there", () => {
  const summary = developmentSummary(connectome, plain);
  expect(summary).toMatchObject({ neurons: 7 + 22 + 6, synapses: 4 + 12 });
  expect(summary.areas.at(-1)).toEqual({
    id: b,
    idText: "cbbbbbbb",
    name: "cbbbbbbb",
    kind: "custom",
    dims: [3, 1, 1],
    position: [0, 0, 0],
    neuronsPerVoxel: 2,
    neurons: 6,
  });
  expect(summary.mappings.map(({ src, dst, morphologies, synapses }) => [src, dst, morphologies, synapses])).toEqual([
    [a, b, ["lateral_+x"], 4],
    [a, idOf("cddddddd"), ["projector"], 0],
    [b, b, ["projector", "projector"], 12],
  ]);
  expect(summary.mappings[1]!.sha256OfList).toBe("");
  expect(summary.repairs.map(({ code }) => code)).toEqual(["DESTINATION_MISSING"]);
});
