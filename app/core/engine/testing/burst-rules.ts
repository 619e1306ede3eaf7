/** Rules of a burst, each on a network small enough to follow by hand; above all the repairs of `standard`. */
import { expect, test } from "vitest";
import { readFrameHeader } from "#contracts/frame.ts";
import type { Engine } from "../engine.ts";
import type { MakeEngine } from "./conformance.ts";
import { resealed, sectionOffset } from "./resealed.ts";
import { addSynapse, area, burst, patchOf, potentialOf, stage, tinyNetwork } from "./tiny-network.ts";

export function burstRules(make: MakeEngine): void {
  const loaded = async (...network: Parameters<typeof tinyNetwork>): Promise<Engine> => {
    const engine = await make();
    engine.load(tinyNetwork(...network));
    return engine;
  };
  const pattern = (engine: Engine, bursts: number, drive: number) =>
    Array.from({ length: bursts }, () => {
      stage(engine, [0, drive]);
      return burst(engine).length > 0 ? "X" : ".";
    }).join("");
  const strict = { dynamics: "feagi-strict" } as const;

  test("a spike arrives after its delay, with the weight it had when fired", async () => {
    const engine = await loaded([{}, { threshold: 9 }], [{ from: 0, to: 1, weight: 2, delay: 3 }]);
    stage(engine, [0, 1]);
    expect(burst(engine)).toEqual([0]);
    engine.apply(patchOf("updateSynapseWeight", [0, 1, 50], [2]));
    burst(engine);
    expect(potentialOf(engine, 1)).toBe(0);
    burst(engine);
    expect(potentialOf(engine, 1)).toBe(0);
    burst(engine);
    expect(potentialOf(engine, 1)).toBe(2);
  });

  test("a delay of 255 bursts is kept", async () => {
    const engine = await loaded([{}, {}], [{ from: 0, to: 1, delay: 255 }]);
    stage(engine, [0, 1]);
    burst(engine);
    for (let n = 0; n < 254; n++) expect(burst(engine)).toEqual([]);
    expect(burst(engine)).toEqual([1]);
  });

  test("charge leaks in every elapsed burst, candidate or not", async () => {
    const engine = await loaded([{ leak: 0.5, threshold: 9 }]);
    stage(engine, [0, 4]);
    burst(engine);
    burst(engine);
    burst(engine);
    expect(potentialOf(engine, 0)).toBe(1);
  });

  test("an accumulating neuron ignores a negative sum, another does not", async () => {
    const engine = await loaded([{ threshold: 9 }, { threshold: 9, accumulates: false }]);
    engine.apply(patchOf("neuronMembranePotential", [0, 3], [1]));
    engine.apply(patchOf("neuronMembranePotential", [1, 3], [1]));
    stage(engine, [0, -2], [1, -2]);
    burst(engine);
    expect([potentialOf(engine, 0), potentialOf(engine, 1)]).toEqual([3, 1]);
  });

  test("the leftover of a neuron that does not accumulate goes when the next burst begins", async () => {
    const engine = await loaded([{ threshold: 9, accumulates: false }]);
    stage(engine, [0, 3]);
    burst(engine);
    expect(potentialOf(engine, 0)).toBe(3);
    burst(engine);
    expect(potentialOf(engine, 0)).toBe(0);
  });

  test("refractory period, fire limit and snooze give the known patterns", async () => {
    expect(pattern(await loaded([{ refractoryPeriod: 1 }]), 8, 1)).toBe("X.X.X.X.");
    expect(pattern(await loaded([{ fireLimit: 3, snooze: 2 }]), 10, 1)).toBe("XXX..XXX..");
    expect(pattern(await loaded([{ refractoryPeriod: 1, fireLimit: 3, snooze: 2 }]), 16, 1)).toBe("X.X.X...X.X.X...");
    expect(pattern(await loaded([{ fireLimit: 2 }]), 9, 1)).toBe("XX.XX.XX.");
  });

  test("unlimited neurons never block in standard; strict swallows a crossing after 65535 spikes", async () => {
    const run = async (dynamics: "standard" | "feagi-strict") => {
      const engine = await loaded([{ area: 1 }], [], { dynamics });
      const frame = new Uint32Array(engine.frameWords);
      let fired = 0;
      for (let n = 0; n < 65_540; n++) {
        engine.burstIntoSync(frame);
        fired += readFrameHeader(frame).fired;
      }
      return fired;
    };
    expect(await run("standard")).toBe(65_540);
    expect(await run("feagi-strict")).toBe(65_539);
  });

  test("past 65535 spikes a crowd of unlimited neurons goes on in standard; in strict it is silent for good", async () => {
    const firings = async (dynamics: "standard" | "feagi-strict") => {
      const engine = await loaded(Array(10_000).fill({}), [], { dynamics });
      engine.restore(
        resealed(engine.snapshot(), (view) => {
          for (let id = 0; id < 10_000; id++) view.setUint16(sectionOffset(view, "consecutiveFires") + 2 * id, 65_535, true);
        }),
      );
      return [1, 2, 3].map(() => {
        stage(engine, ...Array.from({ length: 10_000 }, (_, id): [number, number] => [id, 1]));
        return burst(engine).length;
      });
    };
    expect(await firings("standard")).toEqual([10_000, 10_000, 10_000]);
    expect(await firings("feagi-strict")).toEqual([0, 0, 0]);
  });

  test("one potential for many neurons reaches each of them, in both dynamics: there is one way to stage", async () => {
    for (const dynamics of ["standard", "feagi-strict"] as const) {
      const engine = await loaded([{}, {}, {}], [], { dynamics });
      stage(engine, [0, 1], [1, 1], [2, 1]);
      expect(burst(engine)).toEqual([0, 1, 2]);
    }
  });

  test("a forced fire finds its neuron after single deletions, in both dynamics: coordinates are read fresh", async () => {
    for (const dynamics of ["standard", "feagi-strict"] as const) {
      const engine = await loaded([{ voxel: [1, 1, 1] }, { voxel: [1, 1, 1] }], [], { dynamics });
      engine.apply(patchOf("forceFire", [7, 1, 1, 1, 8], [4]));
      expect(burst(engine)).toEqual([1]);
      engine.apply(patchOf("deleteNeurons", [1]));
      engine.apply(patchOf("forceFire", [7, 1, 1, 1, 8], [4]));
      expect(burst(engine)).toEqual([0]);
    }
  });

  test("an excitability is a share of 1: from 0.999 on a neuron always fires, so a percent must not get here", async () => {
    for (const dynamics of ["standard", "feagi-strict"] as const) {
      const engine = await loaded([{ excitability: 50 }, { excitability: 0.5 }, { excitability: 0 }], [], { dynamics });
      const fired = [0, 0, 0];
      for (let n = 0; n < 200; n++) {
        stage(engine, [0, 1], [1, 1], [2, 1]);
        for (const id of burst(engine)) fired[id]!++;
      }
      expect([fired[0], fired[2]]).toEqual([200, 0]);
      expect(Math.abs(fired[1]! - 100)).toBeLessThan(30);
    }
  });

  test("from 10000 candidates on strict adds no snooze, standard does", async () => {
    const crowd = (dynamics: "standard" | "feagi-strict") =>
      loaded(
        Array.from({ length: 10_000 }, () => ({ fireLimit: 1, snooze: 4, refractoryPeriod: 1 })),
        [],
        { dynamics },
      );
    const countdownAfterSpike = async (dynamics: "standard" | "feagi-strict") => {
      const engine = await crowd(dynamics);
      stage(engine, ...Array.from({ length: 10_000 }, (_, id): [number, number] => [id, 1]));
      expect(burst(engine)).toHaveLength(10_000);
      return engine.neuronStates(Uint32Array.of(5)).countdown[0];
    };
    expect(await countdownAfterSpike("standard")).toBe(5);
    expect(await countdownAfterSpike("feagi-strict")).toBe(1);
  });

  test("a removed synapse is silent at once; strict without flags conducts until the rebuild", async () => {
    const reaches = async (dynamics: "standard" | "feagi-strict", rebuild: boolean) => {
      const engine = await loaded([{}, {}], [{ from: 0, to: 1 }], { dynamics });
      engine.apply(patchOf("removeSynapse", [0, 1]));
      expect(engine.synapseCount).toBe(0);
      if (rebuild) engine.apply(patchOf("rebuildSynapseIndex"));
      stage(engine, [0, 1]);
      burst(engine);
      return burst(engine).includes(1);
    };
    expect(await reaches("standard", false)).toBe(false);
    expect(await reaches("feagi-strict", false)).toBe(true);
    expect(await reaches("feagi-strict", true)).toBe(false);
  });

  test("setting the first flag silences removed synapses in strict, too", async () => {
    const engine = await loaded([{}, {}], [{ from: 0, to: 1 }], strict);
    engine.apply(patchOf("removeSynapse", [0, 1]));
    engine.apply(patchOf("areaPspUniform", [7, 1]));
    stage(engine, [0, 1]);
    burst(engine);
    expect(burst(engine)).toEqual([]);
  });

  test("an added synapse is live in the next burst; strict waits for the rebuild", async () => {
    const reaches = async (dynamics: "standard" | "feagi-strict", rebuild: boolean) => {
      const engine = await loaded([{}, {}], [], { dynamics });
      addSynapse(engine, 0, 1);
      expect(engine.outgoing(0).slot).toHaveLength(dynamics === "standard" ? 1 : 0);
      expect(engine.incoming(1).slot).toHaveLength(1);
      if (rebuild) engine.apply(patchOf("rebuildSynapseIndex"));
      stage(engine, [0, 1]);
      burst(engine);
      return burst(engine).includes(1);
    };
    expect(await reaches("standard", false)).toBe(true);
    expect(await reaches("feagi-strict", false)).toBe(false);
    expect(await reaches("feagi-strict", true)).toBe(true);
  });

  test("a new synapse takes the lowest free slot, one after the other; in strict it lies behind all others", async () => {
    const slots = async (dynamics: "standard" | "feagi-strict") => {
      const engine = await loaded(
        [{}, {}, {}],
        [0, 0, 1, 1].map((from) => ({ from, to: 2, weight: 5 })),
        { dynamics },
      );
      engine.apply(patchOf("removeSynapseSlots", [2, 0]));
      for (const to of [0, 1, 2]) engine.apply(patchOf("addSynapses", [2, to, 7 + to, 1, 1 << 8], [2, 3]));
      engine.apply(patchOf("rebuildSynapseIndex"));
      expect(engine.synapseCount).toBe(5);
      const weights = Array.from(engine.weightsOf(Uint32Array.from({ length: engine.synapseSlots }, (_, slot) => slot)));
      burst(engine);
      const { slot, target } = engine.outgoing(2);
      return {
        weights,
        outgoing: Array.from(slot, (at, row) => [at, target[row]]),
        restored: (await again(engine)).stateHash() === engine.stateHash(),
      };
    };
    const again = async (engine: Engine) => {
      const other = await make();
      other.restore(engine.snapshot());
      for (const one of [engine, other]) one.apply(patchOf("addSynapses", [0, 1, 3, 1, 1 << 8], [2, 3]));
      return other;
    };
    expect(await slots("standard")).toEqual({
      weights: [7, 5, 8, 5, 9],
      outgoing: [
        [0, 0],
        [2, 1],
        [4, 2],
      ],
      restored: true,
    });
    expect(await slots("feagi-strict")).toEqual({
      weights: [Number.NaN, 5, Number.NaN, 5, 7, 8, 9],
      outgoing: [
        [4, 0],
        [5, 1],
        [6, 2],
      ],
      restored: true,
    });
  });

  test("a sum follows the slots, whichever synapse came first", async () => {
    // In f32 1e8 + 1 is 1e8: only a 1 that is added before the two large ones cancel is lost.
    const sum = async (order: readonly number[]) => {
      const engine = await loaded(
        [{ threshold: 1e9 }, { threshold: 1e9 }],
        order.map((weight) => ({ from: 0, to: 1, weight })),
      );
      engine.apply(patchOf("removeSynapseSlots", [0]));
      engine.apply(patchOf("addSynapses", [0, 1, 1e8, 1, 1 << 8], [2, 3]));
      engine.apply(patchOf("forceFire", [7, 0, 0, 0, 1], [4]));
      for (let n = 0; n < 2; n++) burst(engine);
      return engine.candidates().sums[0];
    };
    expect(await sum([7, 1, -1e8])).toBe(0);
    expect(await sum([7, -1e8, 1])).toBe(1);
  });

  test("of parallel synapses a second removal takes the next valid one; strict finds the first again", async () => {
    const left = async (dynamics: "standard" | "feagi-strict") => {
      const engine = await loaded(
        [{}, {}],
        [
          { from: 0, to: 1 },
          { from: 0, to: 1 },
        ],
        { dynamics },
      );
      engine.apply(patchOf("removeSynapse", [0, 1]));
      engine.apply(patchOf("removeSynapse", [0, 1]));
      engine.apply(patchOf("updateSynapseWeight", [0, 1, 5], [2]));
      return Array.from(engine.synapses().weight);
    };
    expect(await left("standard")).toEqual([]);
    expect(await left("feagi-strict")).toEqual([1]);
  });

  test("a new leak acts from now on; strict applies it to the idle stretch", async () => {
    const kept = async (dynamics: "standard" | "feagi-strict") => {
      const engine = await loaded([{ leak: 0.5, threshold: 9 }], [], { dynamics });
      stage(engine, [0, 4]);
      burst(engine);
      burst(engine);
      engine.apply(patchOf("areaLeak", [7, 0], [1]));
      burst(engine);
      return potentialOf(engine, 0);
    };
    expect(await kept("standard")).toBe(2);
    expect(await kept("feagi-strict")).toBe(4);
  });

  test("the refractory statistic counts blocked candidates; strict also fresh spikes", async () => {
    const counts = async (dynamics: "standard" | "feagi-strict") => {
      const engine = await loaded([{ refractoryPeriod: 2 }], [], { dynamics });
      const frame = new Uint32Array(engine.frameWords);
      return Array.from({ length: 3 }, () => {
        stage(engine, [0, 1]);
        engine.burstIntoSync(frame);
        return readFrameHeader(frame).refractory;
      });
    };
    expect(await counts("standard")).toEqual([0, 1, 1]);
    expect(await counts("feagi-strict")).toEqual([1, 1, 1]);
  });

  test("strict goes on counting a neuron as refractory that was deleted while it was", async () => {
    const counts = async (dynamics: "standard" | "feagi-strict") => {
      const engine = await loaded([{ refractoryPeriod: 3 }, {}], [{ from: 0, to: 0, delay: 2 }], { dynamics });
      stage(engine, [0, 1]);
      burst(engine);
      engine.apply(patchOf("deleteNeurons", [0]));
      burst(engine);
      const frame = new Uint32Array(engine.frameWords);
      engine.burstIntoSync(frame);
      return readFrameHeader(frame).refractory;
    };
    expect(await counts("standard")).toBe(0);
    expect(await counts("feagi-strict")).toBe(1);
  });

  test("an area without the uniform flag shares its postsynaptic potential out, once any flag is set", async () => {
    const sent = async (areas: ReturnType<typeof area>[]) => {
      const targets = [1, 2, 3].map((to) => ({ from: 0, to, weight: 3 }));
      const engine = await loaded([{}, { threshold: 9 }, { threshold: 9 }, { threshold: 9 }], targets, { areas });
      stage(engine, [0, 1]);
      burst(engine);
      burst(engine);
      return potentialOf(engine, 1);
    };
    expect(await sent([])).toBe(3);
    expect(await sent([area(7, { pspUniform: true })])).toBe(3);
    expect(await sent([area(9, { pspUniform: false })])).toBe(1);
  });

  test("an mp-driven area sends its potential at firing", async () => {
    const engine = await loaded([{}, { threshold: 99 }], [{ from: 0, to: 1, weight: 2, psp: 40 }], {
      areas: [area(7, { pspUniform: true, mpDrivenPsp: true })],
    });
    stage(engine, [0, 5]);
    burst(engine);
    burst(engine);
    expect(potentialOf(engine, 1)).toBe(10);
  });

  test("spikes wear the synapses of a degenerating area after they have sent, and a reset writes the baseline back", async () => {
    const engine = await loaded([{}, { threshold: 99 }], [{ from: 0, to: 1, psp: 3 }], {
      areas: [area(7, { degeneration: 2, baselinePsp: 3 })],
    });
    const psps = [1, 2, 3].map(() => {
      stage(engine, [0, 1]);
      burst(engine);
      return engine.synapses().psp[0];
    });
    expect(psps).toEqual([1, 0, 0]);
    expect(potentialOf(engine, 1)).toBe(3 + 1);
    engine.apply(patchOf("resetAreaRuntime", [7]));
    expect(engine.synapses().psp[0]).toBe(3);
    expect(potentialOf(engine, 1)).toBe(0);
  });

  test("a forced fire propagates and changes nothing of the neuron", async () => {
    const engine = await loaded([{ refractoryPeriod: 3, voxel: [4, 5, 6], threshold: 9 }, {}], [{ from: 0, to: 1 }]);
    stage(engine, [0, 2]);
    engine.apply(patchOf("forceFire", [7, 4, 5, 6, 8], [4]));
    expect(burst(engine)).toEqual([0]);
    expect(Array.from(engine.firedPotentials())).toEqual([8]);
    expect(potentialOf(engine, 0)).toBe(2);
    expect(engine.neuronStates(Uint32Array.of(0)).countdown[0]).toBe(0);
    expect(burst(engine)).toEqual([1]);
  });

  test("of two neurons at one voxel a forced fire takes the highest valid id", async () => {
    const engine = await loaded([{ voxel: [1, 1, 1] }, { voxel: [1, 1, 1] }, { voxel: [1, 1, 1] }]);
    engine.apply(patchOf("deleteNeurons", [2]));
    engine.apply(patchOf("forceFire", [7, 1, 1, 1, 8], [4]));
    expect(burst(engine)).toEqual([1]);
  });

  test("power goes to the lowest neuron of area 1 until it is deleted", async () => {
    const engine = await loaded([{}, { area: 1 }, { area: 1 }]);
    expect(burst(engine)).toEqual([1]);
    engine.apply(patchOf("deleteNeurons", [1]));
    expect(burst(engine)).toEqual([]);
  });

  test("fatigue drives every neuron of area 2 while it is active", async () => {
    const engine = await loaded([{ area: 2 }, { area: 2 }, {}]);
    engine.apply(patchOf("setFatigueActive", [1]));
    expect(burst(engine)).toEqual([0, 1]);
    engine.apply(patchOf("setFatigueActive", [0]));
    expect(burst(engine)).toEqual([]);
  });

  test("deleting a neuron takes its synapses, not what is under way", async () => {
    const engine = await loaded(
      [{}, {}, {}],
      [
        { from: 0, to: 1 },
        { from: 1, to: 2 },
        { from: 0, to: 2, delay: 2 },
      ],
    );
    stage(engine, [0, 1]);
    burst(engine);
    engine.apply(patchOf("deleteNeurons", [0]));
    expect(engine.synapseCount).toBe(1);
    expect(burst(engine)).toEqual([1]);
    expect(burst(engine)).toEqual([2]);
    expect(potentialOf(engine, 0)).toBeNaN();
  });

  test("an id without neuron is a candidate and nothing more", async () => {
    const engine = await loaded([{}]);
    stage(engine, [50_000_001, 2], [7, 1], [50_000_001, 2]);
    const frame = new Uint32Array(engine.frameWords);
    engine.burstIntoSync(frame);
    expect(readFrameHeader(frame)).toMatchObject({ fired: 0, processed: 2, synaptic: 0 });
    expect(engine.candidates()).toEqual({ ids: Uint32Array.of(7, 50_000_001), sums: Float32Array.of(1, 4) });
  });

  test("INT8 confines charges to 0..255 and keeps their fraction", async () => {
    const engine = await loaded([{ threshold: 300, thresholdLimit: 40.6, accumulates: false }], [], { precision: "int8" });
    stage(engine, [0, 2.25]);
    burst(engine);
    expect(potentialOf(engine, 0)).toBe(2.25);
    engine.apply(patchOf("neuronMembranePotential", [0, -4], [1]));
    expect(potentialOf(engine, 0)).toBe(0);
    stage(engine, [0, 400]);
    expect(burst(engine)).toEqual([]);
    expect(potentialOf(engine, 0)).toBe(255);
    burst(engine);
    engine.apply(patchOf("areaThresholdLimit", [7, 0], [1]));
    engine.apply(patchOf("neuronMembranePotential", [0, 400], [1]));
    stage(engine, [0, 0]);
    expect(burst(engine)).toEqual([0]);
  });

  test("added neurons take the next ids and join the burst", async () => {
    const engine = await loaded([{}], [{ from: 0, to: 1 }]);
    engine.apply(patchOf("addNeurons", [7, 9, 0, 0, 1, 3.4028234663852886e38, 0, 1, 0, 1 << 16], [4, 5, 6, 7]));
    expect(engine.neuronCount).toBe(2);
    stage(engine, [0, 1]);
    expect(burst(engine)).toEqual([0]);
    expect(burst(engine)).toEqual([1]);
  });
}
