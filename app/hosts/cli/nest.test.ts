/**
 * lif-delta against NEST itself: spike for spike, weight for weight, and Brunel's network by its statistics.
 *
 * Runs where a Python with `nest` is found (scripts/bench/requirements.txt); the programs are in scripts/bench/nest.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { firedIds } from "#contracts/frame.ts";
import { type LifNetworkImage, lifDynamics } from "#contracts/network.ts";
import { JsonPlace } from "#core/engine/json-place.ts";
import { readNetworkDocument } from "#core/engine/network-document.ts";
import { poissonTable } from "#core/engine/poisson.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import { nestExport } from "#core/exchange/nest.ts";
import { packageRoot } from "../paths.ts";
import { findPython, imports } from "./bench/peers.ts";

const folder = path.join(packageRoot(), "scripts", "bench");
const python = findPython(folder);
const STEPS = 10_000;
const EXPORTED_STEPS = 2_000;

if (python !== null && imports(python, "nest")) describe("lif-delta against NEST", () => againstNest(python));
else test.skip("skip NEST spike for spike, by export, weight for weight, Brunel: nest-simulator is not installed");

function againstNest(command: string): void {
  const nest = (program: string, args: readonly string[], input = ""): Record<string, unknown> => {
    const env = { ...process.env, PYNEST_QUIET: "1" };
    const options = { encoding: "utf8", input, env, maxBuffer: 2 ** 30 } as const;
    const { status, stdout, stderr } = spawnSync(command, [path.join(folder, "nest", program), ...args], options);
    expect(status, stderr).toBe(0);
    return JSON.parse(stdout.slice(stdout.indexOf("{")));
  };

  /** Fired ids of every step, and the weights after the last. */
  const ours = (document: unknown) => {
    const { image, bursts } = readNetworkDocument(new JsonPlace(document, ""));
    const engine = createReferenceEngine();
    engine.load(image);
    const frame = new Uint32Array(engine.frameWords);
    const fired = Array.from({ length: STEPS }, (_, step) => {
      const patch = bursts[step]?.patch;
      if (patch) engine.apply(patch);
      engine.burstIntoSync(frame);
      return Array.from(firedIds(frame));
    });
    return { fired, weights: engine.weightsOf(Uint32Array.from({ length: image.synapses.count }, (_, slot) => slot)) };
  };

  const compare = (document: Record<string, unknown>) => {
    const mine = ours(document);
    const theirs = nest("run_network.py", ["-", String(STEPS)], JSON.stringify(document)) as { fired: number[][]; weights: number[] };
    const first = mine.fired.findIndex((ids, step) => String(ids) !== String(theirs.fired[step]));
    expect(first < 0 ? "no step differs" : { step: first + 1, ours: mine.fired[first], nest: theirs.fired[first] }).toBe("no step differs");
    return { ...mine, theirs, firings: mine.fired.reduce((sum, ids) => sum + ids.length, 0) };
  };

  test("1,000 neurons fire spike for spike in 10,000 steps: six sets of parameters, delays 1..15, inhibition, input", () => {
    const { firings } = compare(network(100));
    expect(firings).toBeGreaterThan(200_000);
  }, 600_000);

  test("1,000 neurons with stdp_synapse fire spike for spike, and learn weight for weight", () => {
    const document = { ...network(24), plasticity };
    const { weights, theirs, firings } = compare(document);
    let worst = 0;
    let learned = 0;
    weights.forEach((weight, slot) => {
      worst = Math.max(worst, Math.abs(weight - theirs.weights[slot]!) / Math.max(1e-3, Math.abs(weight)));
      if (weight !== Math.fround(document.synapses.weight[slot]!)) learned++;
    });
    expect(worst).toBeLessThan(1e-12);
    expect(learned).toBeGreaterThan(10_000);
    expect(firings).toBeGreaterThan(200_000);
  }, 600_000);

  test("what is exported builds itself in NEST and fires spike for spike, on one thread and on two", () => {
    const document = network(24);
    const folder = mkdtempSync(path.join(tmpdir(), "gyrus-nest-"));
    try {
      for (const { name, pieces } of nestExport(document).parts)
        writeFileSync(path.join(folder, name), Buffer.concat([...pieces].map((piece) => Buffer.from(piece))));
      const { fired } = ours(document);
      const expected = fired.slice(0, EXPORTED_STEPS).flatMap((ids, step) => ids.map((id) => `${step + 1},${id}`));
      expect(expected.length).toBeGreaterThan(30_000);
      for (const threads of ["1", "2"]) {
        const env = { ...process.env, PYNEST_QUIET: "1" };
        const { status, stderr } = spawnSync(command, [path.join(folder, "run.py"), String(EXPORTED_STEPS), threads], {
          encoding: "utf8",
          env,
        });
        expect(status, stderr).toBe(0);
        const rows = readFileSync(path.join(folder, "spikes-0.csv"), "utf8").trimEnd().split("\n").slice(1);
        const first = expected.findIndex((row, i) => row !== rows[i]);
        expect([first, rows.length]).toEqual([-1, expected.length]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 600_000);

  test("Brunel's network of 12,500 neurons has the rate within 3 % and the CV of intervals within 0.03 of NEST's", () => {
    const theirs = nest("brunel.py", [String(SETTLING), String(MEASURED), "12"]) as { rate_hz: number; cv: number };
    const { rateHz, cv } = brunelStatistics();
    expect(Math.abs(rateHz / theirs.rate_hz - 1)).toBeLessThan(0.03);
    expect(Math.abs(cv - theirs.cv)).toBeLessThan(0.03);
  }, 600_000);
}

const plasticity = [
  { src_area: 1, dst_area: 1, lambda: 0.01, alpha: 1.05, mu_plus: 0, mu_minus: 1, Wmax: 0.6, tau_plus: 20, tau_minus: 30 },
  { src_area: 2, dst_area: 1, lambda: 0.005, alpha: 0.9, mu_plus: 1, mu_minus: 0, Wmax: -2, tau_plus: 15, tau_minus: 30 },
];

/** 800 excitatory neurons in area 1 and 200 inhibitory ones in area 2, driven above threshold, `degree` synapses each. */
function network(degree: number) {
  const random = seeded(5);
  const count = 1000;
  const neurons = <T>(value: (id: number) => T) => Array.from({ length: count }, (_, id) => value(id));
  const synapses = (value: (slot: number) => number) => Array.from({ length: count * degree }, (_, slot) => value(slot));
  const isInhibitory = (id: number) => id >= 800;
  const tau = neurons((id) => (id % 3 === 0 ? 15 : 20));
  const capacity = neurons((id) => (id % 2 === 0 ? 200 : 250));
  return {
    format: "gyrus-network/1",
    model: { name: lifDynamics, step_ms: 1, seed: 1 },
    neurons: {
      count,
      area: neurons((id) => (isInhibitory(id) ? 2 : 1)),
      tau_m: tau,
      C_m: capacity,
      t_ref: neurons((id) => id % 5),
      E_L: neurons((id) => (id % 7 === 0 ? -65 : -70)),
      V_th: -50,
      V_reset: neurons((id) => (id % 4 === 0 ? -66 : -70)),
      V_m: neurons(() => -66 + 15 * random.unit()),
      I_e: neurons((id) => ((20 + (id % 40) * 0.1) * capacity[id]!) / tau[id]!),
    },
    synapses: {
      count: count * degree,
      source: synapses((slot) => Math.floor(slot / degree)),
      target: synapses(() => random.int(0, count - 1)),
      weight: synapses((slot) => (isInhibitory(Math.floor(slot / degree)) ? -0.1 - 0.9 * random.unit() : 0.02 + 0.3 * random.unit())),
      delay: synapses(() => random.int(1, 15)),
    },
    bursts: Array.from({ length: 60 }, (_, i) => ({
      burst: i + 1,
      ...(i > 0 && { inject: Array.from({ length: 5 }, () => [random.int(0, count - 1), 4 * random.unit() - 1]) }),
    })),
  };
}

const STEP = 0.1;
const SETTLING = 60;
const MEASURED = 240;

function brunelStatistics(): { rateHz: number; cv: number } {
  const image = brunel();
  const { count } = image.neurons;
  const engine = createReferenceEngine();
  engine.load(image);
  const frame = new Uint32Array(engine.frameWords);
  const spikes: number[][] = Array.from({ length: count }, () => []);
  for (let step = 1; step <= (SETTLING + MEASURED) / STEP; step++) {
    engine.burstIntoSync(frame);
    if (step * STEP > SETTLING) for (const id of firedIds(frame)) spikes[id]!.push(step);
  }
  const fired = spikes.reduce((sum, { length }) => sum + length, 0);
  const spreads = spikes.map((steps) => steps.slice(1).map((step, i) => step - steps[i]!)).filter(({ length }) => length >= 5);
  const cvs = spreads.map((intervals) => {
    const mean = intervals.reduce((sum, interval) => sum + interval, 0) / intervals.length;
    return Math.sqrt(intervals.reduce((sum, interval) => sum + (interval - mean) ** 2, 0) / intervals.length) / mean;
  });
  return { rateHz: fired / count / (MEASURED / 1000), cv: cvs.reduce((sum, cv) => sum + cv, 0) / cvs.length };
}

/** The network of scripts/bench/nest/brunel.py: 10,000 excitatory and 2,500 inhibitory neurons, 1,000 and 250 synapses into each. */
function brunel(): LifNetworkImage {
  const [excitatory, inhibitory, fromExcitatory, fromInhibitory] = [10_000, 2_500, 1_000, 250];
  const count = excitatory + inhibitory;
  const random = seeded(8);
  const synapses = count * (fromExcitatory + fromInhibitory);
  const source = new Uint32Array(synapses);
  const weight = new Float32Array(synapses);
  const target = new Uint32Array(synapses);
  for (let slot = 0; slot < synapses; slot++) {
    const place = slot % (fromExcitatory + fromInhibitory);
    const isExcitatory = place < fromExcitatory;
    target[slot] = Math.floor(slot / (fromExcitatory + fromInhibitory));
    source[slot] = isExcitatory ? random.int(0, excitatory - 1) : random.int(excitatory, count - 1);
    weight[slot] = isExcitatory ? 0.1 : -0.5;
  }
  const set = { threshold: 20, reset: 0, decay: Math.exp(-STEP / 20), drive: 0, refractorySteps: 20, restingPotential: 0 };
  return {
    dynamics: lifDynamics,
    stepMs: STEP,
    seed: 3,
    parameters: [{ ...set, poissonWeight: 0.1, poissonTable: poissonTable((20_000 * STEP) / 1000) }],
    neurons: {
      count,
      area: Uint32Array.from({ length: count }, (_, id) => (id < excitatory ? 1 : 2)),
      x: new Uint32Array(count),
      y: new Uint32Array(count),
      z: new Uint32Array(count),
      potential: new Float64Array(count),
      parameterSet: new Uint16Array(count),
    },
    synapses: { count: synapses, source, target, weight, delay: new Uint8Array(synapses).fill(1.5 / STEP) },
    projections: [],
  };
}
