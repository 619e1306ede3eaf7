/**
 * Every action of the window, once: id, title, shortcut, when it can be done, what it does. Palette, keyboard, menu and help read
 * this list. A view with commands of its own has a file here that lists them.
 */
import { areaCommands } from "./areas.ts";
import { circuitCommands } from "./circuit.ts";
import type { CommandParts, WindowCommand } from "./command.ts";
import { debugCommands } from "./debug.ts";
import { fileCommands } from "./file.ts";
import { graphCommands } from "./graph.ts";
import { layoutCommands } from "./layout.ts";
import { learningCommands } from "./learning.ts";
import { memoryCommands } from "./memory.ts";
import { modulatorCommands } from "./modulators.ts";
import { plotsCommands } from "./plots.ts";
import { refusedCommands } from "./refused.ts";
import { registryCommands } from "./registry.ts";
import { sceneCommands } from "./scene.ts";
import { schedulesCommands } from "./schedules.ts";
import { setCommands } from "./sets.ts";
import { timelineCommands } from "./timeline.ts";
import { timelinesCommands } from "./timelines.ts";
import { tourCommands } from "./tour.ts";
import { viewCommands } from "./view.ts";
import { voxelCommands } from "./voxels.ts";
import { windowsCommands } from "./windows.ts";
import { workspaceCommands } from "./workspace.ts";

const lists = [
  registryCommands,
  viewCommands,
  fileCommands,
  refusedCommands,
  workspaceCommands,
  layoutCommands,
  windowsCommands,
  areaCommands,
  setCommands,
  circuitCommands,
  debugCommands,
  learningCommands,
  memoryCommands,
  modulatorCommands,
  schedulesCommands,
  timelineCommands,
  timelinesCommands,
  plotsCommands,
  graphCommands,
  sceneCommands,
  voxelCommands,
  tourCommands,
];

export function createWindowCommands(parts: CommandParts): WindowCommand[] {
  return lists.flatMap((list) => list(parts));
}
