/** What growth holds, counted to the byte. A resident set says more about the garbage collector than about growth. */
import { describe, expect, test } from "vitest";
import { LabError } from "#contracts/errors.ts";
import type { NetworkImage } from "#contracts/network.ts";
import { type GrowthOptions, grow, grown } from "./grow.ts";
import { bytesText, GrowthMemory } from "./memory.ts";
import { type HandMadeArea, handMade } from "./testing/hand-made.ts";

const any = { type: "any" } as const;
const fromAll = { source: [any, any, any], target: [any, any, any] } as const;
const same = { type: "same" } as const;
const overlapping = {
  id: "overlapping",
  class: "custom" as const,
  type: "patterns" as const,
  patterns: [
    { source: [any, any, any], target: [same, same, any] },
    { source: [any, any, any], target: [same, any, same] },
  ] as never,
};

/** Every typed array of the image. */
function imageBytes({ neurons, synapses }: NetworkImage): number {
  return [...Object.values(neurons), ...Object.values(synapses)].reduce(
    (sum, column) => sum + (typeof column === "number" ? 0 : column.byteLength),
    0,
  );
}

describe("the memory of a growth", () => {
  test.each<[string, Record<string, HandMadeArea>]>([
    ["one synapse a neuron", { caaaaaaa: { dimensions: [300, 300, 1], to: { caaaaaaa: [{}] } } }],
    [
      "many synapses a neuron",
      { caaaaaaa: { dimensions: [20, 20, 1], to: { cbbbbbbb: [{ morphology: "all" }] } }, cbbbbbbb: { dimensions: [50, 50, 1] } },
    ],
    [
      "one neuron that reaches them all",
      { caaaaaaa: { to: { cbbbbbbb: [{ morphology: "all" }] } }, cbbbbbbb: { dimensions: [500, 500, 2] } },
    ],
    ["patterns that meet", { caaaaaaa: { dimensions: [60, 60, 60], to: { caaaaaaa: [{ morphology: "overlapping", attractivity: 5 }] } } }],
    ["no synapses", { caaaaaaa: { dimensions: [300, 300, 1] } }],
  ])("peaks below 1.3 times the image: %s", (_, areas) => {
    const memory = new GrowthMemory();
    const all = { id: "all", class: "custom" as const, type: "patterns" as const, patterns: [fromAll] as never };
    const { image } = grown(handMade(areas, { with: [all, overlapping] }), { memory });
    expect(memory.heldBytes).toBe(imageBytes(image));
    expect(memory.peakBytes / imageBytes(image)).toBeLessThan(1.3);
  });

  test("is given back when it is replaced, not when it is collected", () => {
    const memory = new GrowthMemory();
    const column = memory.take(Uint32Array, 1000);
    expect([memory.heldBytes, memory.peakBytes]).toEqual([4000, 4000]);
    memory.free(column);
    expect([memory.heldBytes, memory.peakBytes, column.length]).toEqual([0, 4000, 0]);
  });
});

describe("a genome too large for its limit", () => {
  const million = handMade({ caaaaaaa: { dimensions: [1000, 1000, 1], to: { caaaaaaa: [{}] } } });
  const refusal = (genome: Parameters<typeof grown>[0], memory: GrowthMemory, options: GrowthOptions = {}) => {
    try {
      grown(genome, { ...options, memory });
    } catch (error) {
      return (error as LabError).details.problems as { code: string; message: string; path: string }[];
    }
    throw new Error("it grew");
  };

  test("is refused with the estimate in words, before any column is taken", () => {
    const memory = new GrowthMemory(50e6);
    const [problem] = refusal(million, memory);
    expect(problem).toMatchObject({
      code: "MEMORY_ESTIMATE",
      path: "blueprint._____10c-caaaaaaa-cx-___bbx-i",
      message:
        "it asks for 1000007 neurons and about 1000000 synapses: 58.0 MB, and 62.1 MB while it grows, where there is room for 50.0 MB",
    });
    expect(memory.peakBytes).toBe(0);
  });

  test("is refused by its density as by its dimensions", () => {
    const dense = handMade({ caaaaaaa: { neuronsPerVoxel: 1_000_000 } });
    expect(refusal(dense, new GrowthMemory(1e6))[0]!.code).toBe("MEMORY_ESTIMATE");
  });

  test("with wiring of any size is refused at once", () => {
    const all = { id: "all", class: "custom" as const, type: "patterns" as const, patterns: [fromAll] as never };
    const wide = handMade({ caaaaaaa: { dimensions: [40_000_000, 1, 1], to: { caaaaaaa: [{ morphology: "all" }] } } }, { with: [all] });
    const started = performance.now();
    expect(refusal(wide, new GrowthMemory(8e9))[0]!.message).toContain("1600000000000000 synapses");
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("grows as soon as there is room, and a growth that outgrows its estimate stops at the limit", () => {
    expect(grown(million, { memory: new GrowthMemory(70e6) }).image.synapses.count).toBe(1_000_000);
    // Of a rule with chance only the share is known beforehand; here the limit leaves no room for more than that share.
    const chancy = handMade({ caaaaaaa: { dimensions: [100, 100, 1], to: { caaaaaaa: [{ attractivity: 50 }] } } });
    const growth = grow(chancy, { memory: new GrowthMemory(10_007 * 39 + 5000 * 19) });
    expect(() => [...growth]).toThrow(LabError);
  });
});

test("bytes read as people write them", () => {
  expect([0, 999, 1500, 2.5e9, 4e15].map(bytesText)).toEqual(["0.00 B", "999 B", "1.50 KB", "2.50 GB", "4.00e+3 TB"]);
});
