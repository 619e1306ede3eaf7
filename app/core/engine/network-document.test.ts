import { expect, test } from "vitest";
import { firedIds } from "#contracts/frame.ts";
import { JsonPlace } from "./json-place.ts";
import { type DocumentBurst, readNetworkDocument, writeNetworkDocument } from "./network-document.ts";
import { createReferenceEngine } from "./reference/reference-engine.ts";
import { replayDocument } from "./replay-document.ts";
import { generateNetwork, generatePatch } from "./testing/generated.ts";
import { generateLearning } from "./testing/generated-learning.ts";
import { generateLif, generateLifPatch } from "./testing/generated-lif.ts";
import { seeded } from "./testing/seeded.ts";

const reread = (document: unknown) => readNetworkDocument(new JsonPlace(JSON.parse(JSON.stringify(document)), ""));

test("a written network reads back to the same image and patches, and repeats its run", () => {
  for (let seed = 1; seed <= 6; seed++) {
    const random = seeded(seed);
    const image = generateNetwork(random);
    const engine = createReferenceEngine();
    engine.load(image);
    const bursts: DocumentBurst[] = [];
    for (let n = 0; n < 12; n++) {
      const patch = n === 0 ? generateLearning(random, image.neurons.count) : generatePatch(random, image, engine.neuronCount);
      engine.apply(patch);
      const frame = new Uint32Array(engine.frameWords);
      engine.burstIntoSync(frame);
      bursts.push({ patch, fired: Array.from(firedIds(frame)) });
    }
    const document = writeNetworkDocument(image, bursts, "generated");
    const read = reread(document);
    expect(read.image).toEqual({ ...image, powerAmount: Math.fround(image.powerAmount), areas: image.areas.map(inSingles) });
    expect(read.bursts.map(({ patch }) => Array.from(patch))).toEqual(bursts.map(({ patch }) => Array.from(patch)));
    expect(replayDocument(createReferenceEngine(), JSON.parse(JSON.stringify(document)))).toMatchObject({ match: true });
  }
});

const inSingles = <Area extends { degeneration: number; baselinePsp: number | null }>(area: Area): Area => ({
  ...area,
  degeneration: Math.fround(area.degeneration),
  baselinePsp: area.baselinePsp === null ? null : Math.fround(area.baselinePsp),
});

test("so does a network of lif-delta", () => {
  for (let seed = 1; seed <= 4; seed++) {
    const random = seeded(seed);
    const image = generateLif(random);
    const patches = Array.from({ length: 8 }, () => generateLifPatch(random, image));
    const read = reread(
      writeNetworkDocument(
        image,
        patches.map((patch) => ({ patch })),
      ),
    );
    expect(read.bursts.map(({ patch }) => Array.from(patch))).toEqual(patches.map((patch) => Array.from(patch)));
    const [written, given] = [read.image, image].map((one) => {
      const engine = createReferenceEngine();
      engine.load(one);
      for (const patch of patches) {
        engine.apply(patch);
        engine.burstIntoSync(new Uint32Array(engine.frameWords));
      }
      const everyone = Uint32Array.from({ length: engine.neuronCount }, (_, id) => id);
      return { states: engine.neuronStates(everyone), synapses: engine.synapses(), fired: engine.firedPotentials() };
    });
    expect(written).toEqual(given);
  }
});

test("a model that does not exist is refused at its place", () => {
  const document = writeNetworkDocument(generateNetwork(seeded(4)), []);
  const refused = (model: unknown, path: string) =>
    expect(() => reread({ ...document, model })).toThrow(
      expect.objectContaining({ code: "E_NETWORK", details: { issues: [expect.objectContaining({ path })] } }),
    );
  refused({ name: "hodgkin" }, "model.name");
  refused({ name: "feagi", dynamics: "loose" }, "model.dynamics");
  refused(7, "model");
});
