/** Classifiers of the living brain, put together and taken apart as edits of its genome. */
import type { ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { createClassifierEdits, removeClassifierEdits, updateClassifierEdits } from "#core/genome/edit/classifiers.ts";
import type { Genome } from "#core/genome/genome.ts";
import { answerDelayOf } from "#core/genome/memory-rules.ts";
import { createRequests } from "./connectome/request.ts";
import type { Editor } from "./editor.ts";
import type { LabState } from "./lab-state.ts";

export function createClassifierService(state: LabState, editor: Editor): ServiceOf<(typeof commandGroups)["classifier"]> {
  const take = createRequests(editor);
  const nameOf = ({ classifiers }: Genome, id: string) => classifiers.get(id)?.name ?? id;
  return {
    async list() {
      const { genome } = state.living.connectome;
      return [...genome.classifiers].map(([id, { ignored: _, ...one }]) => ({ id, ...one, answerDelay: answerDelayOf(genome, one) }));
    },
    async create({ name, region, position, dryRun }, context) {
      const id = state.ports.createId();
      const root = [...state.living.connectome.regions.values()].find(({ parent }) => parent === null)!;
      const request = (genome: Genome) => {
        return { group: `Add classifier ${name}`, edits: createClassifierEdits(genome, { id, name, parent: region ?? root.id, position }) };
      };
      return { ...(await take(request, context, dryRun)), id };
    },
    update: ({ id, dryRun, ...change }, context) =>
      take(
        (genome) => ({ group: `Change classifier ${nameOf(genome, id)}`, edits: updateClassifierEdits(genome, id, change) }),
        context,
        dryRun,
      ),
    remove: ({ id, dryRun }, context) =>
      take((genome) => ({ group: `Remove classifier ${nameOf(genome, id)}`, edits: removeClassifierEdits(genome, id) }), context, dryRun),
  };
}
