/** Rules of rate-modulated leak, each on a few neurons. */
import { expect, test } from "vitest";
import type { Dynamics } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "../engine.ts";
import { decodeSnapshot } from "../reference/snapshot-codec.ts";
import type { MakeEngine } from "./conformance.ts";
import { burst, patchOf, potentialOf, stage, tinyNetwork } from "./tiny-network.ts";

const AREA = 7;

interface Settings {
  perNeuron?: boolean;
  leavesSilent?: boolean;
  target?: number;
  share?: number;
  every?: number;
  armBursts?: number;
  epoch?: number;
  leakMax?: number;
  base?: number;
}

function regulate(engine: Engine, given: Settings = {}): void {
  const { perNeuron = false, leavesSilent = false, target = 0.5, share = 0.5, every = 1 } = given;
  const { armBursts = 2, epoch = 0, leakMax = 1, base = 0.25 } = given;
  const patch = new PatchWriter().begin("rateModulatedLeak", 13).u32(AREA);
  patch
    .u32((perNeuron ? 1 : 0) | (leavesSilent ? 2 : 0))
    .f32(target)
    .f32(share)
    .f32(0.5)
    .f32(0);
  patch.f32(leakMax).u32(every).u32(armBursts).f32(0.5).f32(0.125).u32(epoch).f32(base);
  engine.apply(patch.take());
}

export function homeostatRules(make: MakeEngine): void {
  /** Two neurons that fire at 1 and leak a quarter. */
  const loaded = async (dynamics: Dynamics, given: Settings = {}) => {
    const engine = await make();
    engine.load(tinyNetwork([{ leak: 0.25 }, { leak: 0.25 }], [], { dynamics }));
    regulate(engine, given);
    return engine;
  };
  const fire = (engine: Engine, ...ids: number[]) => {
    if (ids.length > 0) stage(engine, ...ids.map((id): [number, number] => [id, 1]));
    burst(engine);
  };
  const leaks = (engine: Engine) => Array.from(decodeSnapshot(engine.snapshot()).columns.leak);

  test("a neuron that fires more than its target leaks more, one that fires less leaks less, within the bounds", async () => {
    const engine = await loaded("standard", { leakMax: 0.75 });
    fire(engine, 0);
    expect(leaks(engine)).toEqual([0.25, 0]);
    fire(engine, 0);
    expect(leaks(engine)).toEqual([0.375, 0]);
    for (let n = 0; n < 4; n++) fire(engine, 0);
    expect(leaks(engine)).toEqual([0.75, 0]);
  });

  test("the average moves in every burst, the leak in every n-th", async () => {
    const engine = await loaded("standard", { every: 2 });
    fire(engine, 0);
    expect(leaks(engine)).toEqual([0.25, 0.25]);
    fire(engine, 0);
    expect(leaks(engine)).toEqual([0.375, 0]);
  });

  test("armed per neuron, each keeps the rate it had; a silent one is held down from one side, or left alone", async () => {
    const seen = async (leavesSilent: boolean) => {
      const engine = await loaded("standard", { perNeuron: true, leavesSilent });
      fire(engine, 0);
      fire(engine);
      expect(leaks(engine)).toEqual([0.25, 0.25]);
      // The target of neuron 0 is 1/3; the average after this burst is 5/8.
      fire(engine, 0, 1);
      return leaks(engine);
    };
    const raised = Math.fround(0.25 + Math.fround(0.5 * Math.fround(0.625 - Math.fround(1 / 3))));
    expect(await seen(false)).toEqual([raised, 0.5]);
    expect(await seen(true)).toEqual([raised, 0.25]);
  });

  test("an update keeps what was learned of each neuron; another epoch arms anew and writes the base leak", async () => {
    const engine = await loaded("standard", { perNeuron: true });
    for (const ids of [[0], [], [0, 1]]) fire(engine, ...ids);
    const before = leaks(engine);
    regulate(engine, { perNeuron: true, share: 1 });
    expect(leaks(engine)).toEqual(before);
    regulate(engine, { perNeuron: true, epoch: 1 });
    expect(leaks(engine)).toEqual([0.25, 0.25]);
  });

  test("an edit of the area's leak is where regulation goes on from; without regulation the last leak stays", async () => {
    const engine = await loaded("standard");
    fire(engine, 0);
    engine.apply(patchOf("areaLeak", [AREA, 0.5], [1]));
    fire(engine);
    expect(leaks(engine)).toEqual([0.375, 0.25]);
    engine.apply(patchOf("stopRateModulatedLeak", [AREA]));
    fire(engine, 0);
    expect(leaks(engine)).toEqual([0.375, 0.25]);
  });

  test("a moved leak counts from its burst on; in strict one of an area acts back over the idle stretch", async () => {
    const seen = async (dynamics: Dynamics, given: Settings) => {
      const engine = await loaded(dynamics, { ...given, every: 3 });
      stage(engine, [1, 0.5]);
      fire(engine);
      fire(engine);
      fire(engine);
      expect(leaks(engine)[1]).toBe(0);
      return potentialOf(engine, 1);
    };
    expect(await seen("standard", {})).toBe(0.28125);
    expect(await seen("feagi-strict", {})).toBe(0.5);
  });

  test("a modulator scales the leak that regulation has found", async () => {
    for (const dynamics of ["standard", "feagi-strict"] as const) {
      const engine = await make();
      engine.load(tinyNetwork([{ leak: 0.25 }, { leak: 0.25 }, { area: 20 }], [], { dynamics }));
      regulate(engine);
      engine.apply(patchOf("setModulators", [0, 1, 20, 1, 0], [3, 4]));
      engine.apply(patchOf("setSubscriptions", [AREA, 0]));
      fire(engine, 0);
      fire(engine, 0, 2);
      expect(leaks(engine).slice(0, 2)).toEqual([0.75, 0]);
      fire(engine, 0);
      expect(leaks(engine).slice(0, 2)).toEqual([0.5625, 0]);
    }
  });

  test("regulation per neuron that begins while its leak is scaled starts from the base leak, scaled", async () => {
    const engine = await make();
    engine.load(tinyNetwork([{ leak: 0.5 }, { area: 20 }], []));
    engine.apply(patchOf("setModulators", [0, 1, 20, 1, 0], [3, 4]));
    engine.apply(patchOf("setSubscriptions", [AREA, 0]));
    fire(engine, 1);
    expect(leaks(engine)[0]).toBe(1);
    regulate(engine, { perNeuron: true });
    expect(leaks(engine)[0]).toBe(0.5);
    fire(engine);
    expect(leaks(engine)[0]).toBe(0.25);
  });
}
