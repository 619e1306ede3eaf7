/** Operations of an engine patch that concern the optional subsystems (contracts/patch-extensions.ts). The whole patch was checked before. */
import { NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import type { extensionOps } from "#contracts/patch-extensions.ts";
import { rebase, releaseBaselines } from "./baselines.ts";
import type { ClassifierWatch } from "./classifier-watch.ts";
import { registerHomeostat } from "./homeostat.ts";
import { Modulators, settleEdit } from "./modulators.ts";
import type { ScaledSetting } from "./neuron-settings.ts";
import type { Operation } from "./patch-apply.ts";
import { addSynapses } from "./patch-writes.ts";
import { setTrainAreas } from "./spike-trains.ts";

export const extensionOperations: { [Op in keyof typeof extensionOps]: Operation } = {
  setModulators: (state, words, reals) =>
    edit(state, (modulators) => {
      modulators.bound = rows(words, 5).map((at) => ({
        number: words[at]!,
        kind: words[at + 1]!,
        driver: words[at + 2]!,
        magnitude: reals[at + 3]!,
        fullScale: reals[at + 4]!,
      }));
    }),
  setSubscriptions: (state, words) =>
    edit(state, ({ subscriptions }) => {
      subscriptions.clear();
      for (const at of rows(words, 2)) {
        const numbers = subscriptions.get(words[at]!) ?? [];
        if (!numbers.includes(words[at + 1]!)) subscriptions.set(words[at]!, [...numbers, words[at + 1]!]);
      }
    }),
  modulationGroup: (state, words) => edit(state, (modulators) => modulators.define(words[0]!, Array.from(words.subarray(1)))),
  removeModulator: (state, words) => edit(state, (modulators) => modulators.remove(words[0]!)),
  rebaseModulated(state, words) {
    const baseline = state.strict ? state.modulators?.baseline(words[0]!, words[1]! as ScaledSetting) : undefined;
    if (baseline) rebase(state, baseline);
  },
  releaseModulated(state) {
    if (state.strict && state.modulators) releaseBaselines(state, state.modulators);
  },
  groupSynapses({ synapses }, words) {
    for (const at of rows(words, 3)) {
      const end = Math.min(synapses.count, words[at]! + words[at + 1]!);
      for (let slot = words[at]!; slot < end; slot++) synapses.setGroup(slot, words[at + 2]!);
    }
  },
  addGroupedSynapses: (state, words, reals) => addSynapses(state, words.subarray(1), reals.subarray(1), words[0]!),
  spikeTrainAreas: (state, words) => setTrainAreas(state, new Set(words)),
  rateModulatedLeak: (state, words, reals) =>
    registerHomeostat(state, {
      area: words[0]!,
      perNeuron: (words[1]! & 1) !== 0,
      leavesSilent: (words[1]! & 2) !== 0,
      target: reals[2]!,
      rateShare: reals[3]!,
      gain: reals[4]!,
      leakMin: reals[5]!,
      leakMax: reals[6]!,
      every: Math.max(1, words[7]!),
      armBursts: words[8]!,
      armShare: reals[9]!,
      minTarget: reals[10]!,
      epoch: words[11]!,
      base: reals[12]!,
    }),
  stopRateModulatedLeak: (state, words) => {
    state.homeostats?.delete(words[0]!);
    if (state.homeostats?.size === 0) state.homeostats = null;
  },
  setClassifierWatches(state, words) {
    state.watches = [];
    for (let at = 0; at < words.length; ) {
      const end = at + 4 + 2 * words[at + 3]!;
      const pairs = rows(words.subarray(at + 4, end), 2).map((pair) => ({ input: words[at + 4 + pair]!, output: words[at + 5 + pair]! }));
      const watch: ClassifierWatch = { errorArea: words[at]!, correctArea: words[at + 1]!, delay: words[at + 2]!, pairs, frames: [] };
      state.watches.push(watch);
      at = end;
    }
  },
  sparseMemory({ memory }, words, reals) {
    memory.sparse.set(words[0]!, {
      threshold: reals[1]!,
      limit: reals[2] === 0 ? Math.fround(NO_THRESHOLD_LIMIT) : reals[2]!,
      excitability: reals[3]!,
      refractory: words[4]! & 0xffff,
      fireLimit: words[4]! >>> 16 || NO_FIRE_LIMIT,
      snooze: words[5]! & 0xffff,
    });
  },
  clearConsolidated({ memory }) {
    memory.consolidated.clear();
  },
  scheduleReplay({ memory, burst: now }, words, reals) {
    const [burst, area, staged] = [words[0]!, words[1]!, words[2] === 1];
    if (burst <= now) return;
    for (let at = 3; at < words.length; at += 4) {
      const [x, y, z] = [words[at]!, words[at + 1]!, words[at + 2]!];
      memory.replay.push({ burst, area, potential: reals[at + 3]!, staged, x, y, z });
    }
  },
  unregisterTwin: ({ memory }, words) => memory.unsetTwin(words[0]!, words[1]!),
};

function edit(state: Parameters<Operation>[0], change: (modulators: Modulators) => void): void {
  state.modulators ??= new Modulators();
  const { modulators } = state;
  settleEdit(state, modulators, () => change(modulators));
}

/** Where each row of a list begins. */
function rows(words: Uint32Array, width: number): number[] {
  return Array.from({ length: words.length / width }, (_, row) => row * width);
}
