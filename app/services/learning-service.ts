/** Plastic mappings: how they stand, how they stood, and taking hold of them. */
import type { ServiceOf } from "#contracts/command.ts";
import type { LearningMapping } from "#contracts/commands/learning.ts";
import type { commandGroups } from "#contracts/commands.ts";
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { Eve } from "#core/debug/causes/eve.ts";
import { type MappingState, mappingStates, PairWeights } from "#core/plasticity/learning-state.ts";
import { evenBursts, walk } from "#core/recording/walk.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";

interface Pair {
  src: CorticalId;
  dst: CorticalId;
}

/** What is recorded of taking hold of a mapping: enough to do it again. */
export type LearningRecord = Pair & ({ on: boolean } | { weight: number });

export function createLearningService(state: LabState): ServiceOf<(typeof commandGroups)["learning"]> {
  const recorder = () => state.recording.recorder;

  /** All that learn, or those that satisfy the test. In turn. */
  const standing = ({ connectome, runner }: LivingBrain, wanted: (mapping: MappingState) => boolean = () => true): LearningMapping[] => {
    const { engine } = runner;
    const names = new Map([...connectome.areas.values()].map(({ id, index }) => [index, id]));
    const eve = new Eve(engine.snapshot());
    const mappings = mappingStates(eve).filter((one) => names.has(one.source) && names.has(one.target) && wanted(one));
    const weights = new PairWeights(eve, mappings);
    const changed = new Set(engine.weightChanges().slot);
    return mappings.map(({ source, target, ...mapping }) => ({
      src: names.get(source)!,
      dst: names.get(target)!,
      ...mapping,
      ...weights.summaryOf({ source, target }),
      changed: recorder().learns ? weights.slotsOf({ source, target }).filter((slot) => changed.has(slot)).length : null,
    }));
  };

  const indicesOf = ({ connectome }: LivingBrain, { src, dst }: Pair) => {
    const indexOf = (id: CorticalId) => {
      const area = connectome.areas.get(id);
      if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { id }, "connectome.listAreas lists the areas.");
      return area.index;
    };
    return { source: indexOf(src), target: indexOf(dst) };
  };

  const held = (pair: Pair, type: string, source: string, record: (brain: LivingBrain) => LearningRecord) =>
    state.turns.take(async () => {
      const brain = state.living;
      const wanted = indicesOf(brain, pair);
      const isIt = (one: MappingState) => one.source === wanted.source && one.target === wanted.target;
      if (standing(brain, isIt).length === 0) {
        const names = [pair.src, pair.dst].map((id) => brain.connectome.areas.get(id)!.name).join(" to ");
        throw new LabError("E_NOT_FOUND", `${names} does not learn`, { ...pair }, "learning.mappings lists the mappings that do.");
      }
      const done = record(brain);
      await state.record(type, source, { brainId: brain.id, ...done });
      await holdMapping(brain, done);
      brain.changedByHand = true;
      brain.checkpointDue = true;
      return standing(brain, isIt)[0]!;
    });

  return {
    mappings: () => state.turns.take(() => standing(state.living)),
    async curve({ src, dst, ...asked }, { signal }) {
      const pair = indicesOf(state.living, { src, dst });
      const bursts = evenBursts(recorder(), asked);
      const curve = [];
      for await (const engine of walk(recorder(), bursts, { signal, breathe: () => state.ports.clock.breathe() })) {
        curve.push({ burst: engine.burst, ...new PairWeights(new Eve(engine.snapshot()), [pair]).summaryOf(pair) });
      }
      return { src, dst, points: curve };
    },
    distribution: ({ src, dst, bins }) =>
      state.turns.take(() => {
        const { runner } = state.living;
        const pair = indicesOf(state.living, { src, dst });
        const weights = new PairWeights(new Eve(runner.engine.snapshot()), [pair]);
        return { src, dst, burst: runner.burst, synapses: weights.slotsOf(pair).length, ...weights.spreadOf(pair, bins) };
      }),
    freeze: ({ src, dst, on }, { source }) => held({ src, dst }, "learning.frozen", source, () => ({ src, dst, on })),
    reset: ({ src, dst, weight }, { source }) =>
      held({ src, dst }, "learning.reset", source, ({ connectome }) => {
        const rule = connectome.mappings.find((mapping) => mapping.src === src && mapping.dst === dst)?.rules[0];
        return { src, dst, weight: Math.fround(weight ?? Math.abs(rule?.multiplier ?? 1)) };
      }),
  };
}

/** Does what was recorded; where an area is gone, nothing. In turn. */
export async function holdMapping({ connectome, runner }: LivingBrain, record: LearningRecord): Promise<void> {
  const [source, target] = [connectome.areas.get(record.src)?.index, connectome.areas.get(record.dst)?.index];
  if (source === undefined || target === undefined) return;
  const patch = new PatchWriter();
  if ("on" in record) patch.op("freezeMapping", [source, target, record.on ? 1 : 0]);
  else patch.op("resetMappingWeights", [source, target, record.weight], [2]);
  await runner.apply(patch.take());
}
