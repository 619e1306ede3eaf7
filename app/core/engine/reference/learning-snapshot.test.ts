import fc from "fast-check";
import { expect, test } from "vitest";
import { snapshotSection } from "#contracts/snapshot.ts";
import { generateNetwork, generatePatch } from "../testing/generated.ts";
import { generateExtensionPatch, generateExtensions } from "../testing/generated-extensions.ts";
import { generateLearning } from "../testing/generated-learning.ts";
import { seeded } from "../testing/seeded.ts";
import { burst } from "../testing/tiny-network.ts";
import { createReferenceEngine } from "./reference-engine.ts";
import { decodeSnapshot, encodeSnapshot, type SnapshotColumns } from "./snapshot-codec.ts";

/** Sections of learning, memory and the optional subsystems, and those their ids appear in. */
const sections = (Object.entries(snapshotSection) as [keyof SnapshotColumns, number][])
  .filter(([, id]) => id >= 90 || id === 47 || id === 48 || id === 71 || id === 75)
  .map(([name]) => name);

/** Sections that are a list by themselves. */
const alone: readonly (keyof SnapshotColumns)[] = ["suppressedArea", "trainArea", "consolidatedId"];

/** Engines that have learned for a while, half of them with every subsystem, as snapshots. */
function learned(): Uint8Array[] {
  const snapshots: Uint8Array[] = [];
  for (let seed = 1; snapshots.length < 8; seed++) {
    const random = seeded(seed);
    const image = generateNetwork(random);
    if (image.neurons.count > 120) continue;
    const engine = createReferenceEngine();
    engine.load(image);
    engine.apply(generateLearning(random, image.neurons.count));
    const [strict, slots] = [image.dynamics === "feagi-strict", image.synapses.count];
    const isExtended = snapshots.length % 2 === 0;
    if (isExtended) engine.apply(generateExtensions(random, strict, slots));
    for (let n = 0; n < 12; n++) {
      if (isExtended) engine.apply(generateExtensionPatch(random, strict, { slots, burst: n }));
      engine.apply(generatePatch(random, image, engine.neuronCount));
      burst(engine);
    }
    snapshots.push(engine.snapshot());
  }
  return snapshots;
}

test("a snapshot with any one value of learning changed is refused or runs, and reads back as it is", () => {
  const snapshots = learned();
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...snapshots),
      fc.nat(),
      fc.nat(),
      fc.oneof(fc.nat(10), fc.constantFrom(50_000_001, 0xffffffff, Number.NaN)),
      (snapshot, which, at, value) => {
        const contents = decodeSnapshot(snapshot);
        const filled = sections.filter((section) => contents.columns[section].length > 0);
        const column = contents.columns[filled[which % filled.length]!];
        column[at % column.length] = value;
        const changed = encodeSnapshot(contents);
        const engine = createReferenceEngine();
        try {
          engine.restore(changed);
        } catch (error) {
          expect(error).toMatchObject({ code: "E_NETWORK" });
          return;
        }
        accepted++;
        expect(Buffer.compare(engine.snapshot(), changed)).toBe(0);
        for (let n = 0; n < 3; n++) burst(engine);
      },
    ),
    { numRuns: 800 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test("a learning column that lost its last element is refused", () => {
  for (const snapshot of learned()) {
    for (const section of sections) {
      const contents = decodeSnapshot(snapshot);
      const column = contents.columns[section];
      if (column.length === 0 || alone.includes(section)) continue;
      const damaged = { ...contents, columns: { ...contents.columns, [section]: column.slice(0, -1) } };
      expect(() => createReferenceEngine().restore(encodeSnapshot(damaged)), section).toThrow(
        expect.objectContaining({ code: "E_NETWORK" }),
      );
    }
  }
});
