/** Looking at the connectome and editing it; every edit goes through the editor. */
import type { ServiceOf } from "#contracts/command.ts";
import type { connectomeCommands } from "#contracts/commands/connectome.ts";
import { createAreaService } from "./connectome/areas.ts";
import { createEditService } from "./connectome/edits.ts";
import { createMappingService } from "./connectome/mappings.ts";
import { createNeuronService } from "./connectome/neurons.ts";
import { createRegionService } from "./connectome/regions.ts";
import { createRequests } from "./connectome/request.ts";
import type { Editor } from "./editor.ts";
import type { LabState } from "./lab-state.ts";

export function createConnectomeService(state: LabState, editor: Editor): ServiceOf<typeof connectomeCommands> {
  const take = createRequests(editor);
  return {
    ...createAreaService(state, editor, take),
    ...createRegionService(state, take),
    ...createMappingService(state, editor, take),
    ...createNeuronService(state, editor),
    ...createEditService(state, editor, take),
  };
}
