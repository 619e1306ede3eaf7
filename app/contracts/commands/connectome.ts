import type { CommandTable } from "../command.ts";
import { areaCommands } from "./connectome/areas.ts";
import { editCommands } from "./connectome/edits.ts";
import { mappingCommands } from "./connectome/mappings.ts";
import { neuronCommands } from "./connectome/neurons.ts";
import { regionCommands } from "./connectome/regions.ts";

export const connectomeCommands = {
  ...areaCommands,
  ...regionCommands,
  ...mappingCommands,
  ...neuronCommands,
  ...editCommands,
} as const satisfies CommandTable;
