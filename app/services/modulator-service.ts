/** Modulators of the living brain: what there are, what they change now, and what they said in recorded bursts. */
import type { ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import type { CorticalId } from "#contracts/connectome.ts";
import { real } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import { Eve } from "#core/debug/causes/eve.ts";
import { switchesOf } from "#core/development/switches.ts";
import { modulatorOf } from "#core/genome/edit/modulator-edits.ts";
import { listeningEdit, removeModulatorEdits, setModulatorEdits } from "#core/genome/edit/modulators.ts";
import type { Genome } from "#core/genome/genome.ts";
import { modulatorsOf } from "#core/genome/rule-learning.ts";
import { groupFactors, isFormationOff, scaledAreas } from "#core/plasticity/modulator-effects.ts";
import { isGraded, type ModulatorLevel, modulatorLevels } from "#core/plasticity/modulator-levels.ts";
import { walk } from "#core/recording/walk.ts";
import { nameIn } from "./connectome/find-area.ts";
import { createRequests } from "./connectome/request.ts";
import type { Editor } from "./editor.ts";
import type { LabState } from "./lab-state.ts";

/** Bursts told of at once, and where nobody says which. */
const MOST = 10_000;
const USUAL = 100;

export function createModulatorService(state: LabState, editor: Editor): ServiceOf<(typeof commandGroups)["modulator"]> {
  const take = createRequests(editor);
  const recorder = () => state.recording.recorder;
  const breathe = () => state.ports.clock.breathe();

  return {
    async list() {
      const { genome, areas, mappings, dynamics } = state.living.connectome;
      const { modulators, subscriptions } = switchesOf(genome, areas, dynamics);
      const names = new Map([...areas.values()].map(({ id, index }) => [index, id]));
      return [...genome.modulators].map(([id, { fullScalePotential, ...definition }]) => ({
        ...{ id, ...definition, fullScalePotential: definition.graded ? fullScalePotential : null },
        active: modulators.some(({ name }) => name === id),
        areas: subscriptions.filter((one) => one.modulators.includes(id)).map(({ area }) => names.get(area)!),
        mappings: mappings
          .filter(({ rules }) => rules.some((rule) => modulatorsOf(rule).includes(id)))
          .map(({ src, dst }) => ({ src, dst })),
      }));
    },

    set({ id, dryRun, ...values }, context) {
      const request = (genome: Genome) => ({
        group: `${genome.modulators.has(id) ? "Change" : "Add"} modulator ${id}`,
        edits: setModulatorEdits(genome, id, values),
      });
      return take(request, context, dryRun);
    },
    rename: ({ id, to, dryRun }, context) =>
      take(() => ({ group: `Rename modulator ${id} to ${to}`, edits: [{ kind: "renameModulator", id, to }] }), context, dryRun),
    remove: ({ id, force, dryRun }, context) =>
      take((genome) => ({ group: `Remove modulator ${id}`, edits: removeModulatorEdits(genome, id, force) }), context, dryRun),
    listen: ({ area, modulators, dryRun }, context) =>
      take(
        (genome) => {
          const name = nameIn(genome, area);
          for (const id of modulators) refuseStranger(genome, area, id);
          return { group: `Change what ${name} listens to`, edits: [listeningEdit(genome, area, modulators)] };
        },
        context,
        dryRun,
      ),

    async levels({ from, to }, { signal }) {
      const { genome, areas, dynamics } = state.living.connectome;
      const { modulators: bound } = switchesOf(genome, areas, dynamics);
      const last = Math.min(recorder().last, to ?? recorder().last);
      const first = Math.max(recorder().first, from ?? last - USUAL + 1);
      if (last < first) throw new LabError("E_NOT_FOUND", `Nothing is recorded from ${first} to ${last}`, { first, last });
      if (last - first >= MOST) {
        const path = "from";
        const message = `at most ${MOST} bursts are told at once`;
        throw new LabError("E_INVALID", `${path}: ${message}`, { issues: [{ path, message }] }, "Ask for fewer.");
      }
      const bursts = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const lastSays = dynamics === "feagi-strict";
      const levels: ModulatorLevel[][] = [];
      const frameOf = async (burst: number) => (await recorder().recorded(burst)).frame;
      if (bound.some(isGraded)) {
        // Strengths follow potentials, which no frame holds.
        for await (const engine of walk(recorder(), bursts, { signal, breathe }))
          levels.push(modulatorLevels(bound, await frameOf(engine.burst), engine.firedPotentials(), lastSays));
      } else {
        for (const burst of bursts) levels.push(modulatorLevels(bound, await frameOf(burst), null, lastSays));
      }
      const told = bound.map(({ name }, i) => ({
        id: name,
        levels: levels.map((row) => ({ signal: real(row[i]!.signal), factor: real(row[i]!.factor) })),
      }));
      return { from: first, to: last, modulators: told };
    },

    effects: () =>
      state.turns.take(() => {
        const { connectome, runner } = state.living;
        const { genome, areas, mappings, dynamics } = connectome;
        const { modulators: bound, memory } = switchesOf(genome, areas, dynamics);
        const names = new Map([...areas.values()].map(({ id, index }) => [index, id]));
        const eve = new Eve(runner.engine.moment());
        const range = ({ min, max }: { min: number; max: number }) => ({ min: real(min), max: real(max) });
        return {
          burst: runner.burst,
          areas: scaledAreas(eve).flatMap(({ area: index, parameter, factor, baseline, now }) => {
            const area = names.get(index);
            return area === undefined ? [] : [{ area, parameter, factor: real(factor), baseline: range(baseline), now: range(now) }];
          }),
          mappings: mappings.flatMap(({ src, dst, rules }) =>
            rules.flatMap((rule, place) => {
              const modulators = modulatorsOf(rule);
              const factors = groupFactors(eve, bound, new Set(modulators));
              if (factors === null) return [];
              const { transmission, reward, learning } = factors;
              const told = { transmission: real(transmission), reward: real(reward), learning: real(learning) };
              return [{ src, dst, rule: place, modulators, ...told }];
            }),
          ),
          formationOff: memory.flatMap(({ area }) => (isFormationOff(eve, area) ? [names.get(area)!] : [])),
        };
      }),
  };
}

/** Refuses a modulator that an area could list and would not hear. */
function refuseStranger(genome: Genome, area: CorticalId, id: string): void {
  const { type } = modulatorOf(genome, id);
  if (type.startsWith("neuro.") || (type === "memory.formation" && genome.areas.get(area)?.kind === "memory")) return;
  const message = `${id} is of the kind ${type}, which ${type === "memory.formation" ? "acts on memory areas" : "acts on synapses"}`;
  throw new LabError("E_INVALID", message, { area, modulator: id }, "Rules of a mapping list those of the kinds synaptic.*.");
}
