/** Every command of the lab, by group. The full name is `group.verb`, the REST route POST /v1/group/verb. */
import type { CommandTable } from "./command.ts";
import { analysisCommands } from "./commands/analysis.ts";
import { brainCommands } from "./commands/brain.ts";
import { classifierCommands } from "./commands/classifier.ts";
import { connectomeCommands } from "./commands/connectome.ts";
import { debugCommands } from "./commands/debug.ts";
import { evolutionCommands } from "./commands/evolution.ts";
import { genomeCommands } from "./commands/genome.ts";
import { learningCommands } from "./commands/learning.ts";
import { memoryCommands } from "./commands/memory.ts";
import { modulatorCommands } from "./commands/modulator.ts";
import { neo4jCommands } from "./commands/neo4j.ts";
import { rolloutCommands } from "./commands/rollout.ts";
import { sensoryCommands } from "./commands/sensory.ts";
import { sessionCommands } from "./commands/session.ts";
import { stimulusCommands } from "./commands/stimulus.ts";
import { timeCommands } from "./commands/time.ts";
import { timelineCommands } from "./commands/timeline.ts";

export const commandGroups = {
  genome: genomeCommands,
  brain: brainCommands,
  time: timeCommands,
  timeline: timelineCommands,
  analysis: analysisCommands,
  debug: debugCommands,
  connectome: connectomeCommands,
  stimulus: stimulusCommands,
  sensory: sensoryCommands,
  memory: memoryCommands,
  modulator: modulatorCommands,
  classifier: classifierCommands,
  learning: learningCommands,
  evolution: evolutionCommands,
  rollout: rolloutCommands,
  session: sessionCommands,
  neo4j: neo4jCommands,
} as const satisfies Record<string, CommandTable>;

export type CommandGroups = typeof commandGroups;
export type GroupName = keyof CommandGroups;
