/** Edits as such: several at once, taking them back, what was done. Source: design/ui.md section 11. */
import type { ServiceOf } from "#contracts/command.ts";
import type { editCommands } from "#contracts/commands/connectome/edits.ts";
import type { Editor } from "../editor.ts";
import type { LabState } from "../lab-state.ts";
import { problemsOf } from "../problems.ts";
import type { TakeRequest } from "./request.ts";

export function createEditService(state: LabState, editor: Editor, take: TakeRequest): ServiceOf<typeof editCommands> {
  const done = () => ({ status: state.status(), steps: editor.history() });
  return {
    apply: ({ edits, group = "Edit the genome", dryRun }, context) => take(() => ({ group, edits }), context, dryRun),
    async undo(_, { source }) {
      await editor.undo(source);
      return state.status();
    },
    async redo(_, { source }) {
      await editor.redo(source);
      return state.status();
    },
    history: async () => editor.history(),
    async goToEdit({ index }, { source }) {
      await editor.jumpTo(index, source);
      return done();
    },
    async revertEdit({ index }, { source }) {
      await editor.revertOne(index, source);
      return done();
    },
    async beginGroup({ name }) {
      await editor.beginGroup(name);
      return {};
    },
    async endGroup() {
      await editor.endGroup();
      return editor.history();
    },
    problems: async () => problemsOf(state),
  };
}
