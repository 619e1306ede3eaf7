import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { EvolutionStatus, Experiment, Judged } from "../evolution.ts";

/** Without an id: the newest experiment. */
const Which = z.object({ id: z.string().optional() });

export const evolutionCommands = {
  start: command({
    title: "Evolve brains by an experiment",
    permission: "write",
    risk: "low",
    input: z.union([
      z.object({ path: z.string(), seed: z.int().min(0).optional(), workers: z.int().positive().optional() }),
      /** Paths of genomes in it must be absolute. */
      z.object({ experiment: Experiment }),
    ]),
    output: EvolutionStatus,
  }),
  pause: command({
    title: "Pause the experiment that runs",
    permission: "write",
    risk: "low",
    input: Which,
    output: EvolutionStatus,
  }),
  resume: command({
    title: "Go on with an experiment after its last finished generation",
    permission: "write",
    risk: "low",
    input: Which,
    output: EvolutionStatus,
  }),
  cancel: command({
    title: "End an experiment",
    permission: "write",
    risk: "low",
    input: Which,
    output: EvolutionStatus,
  }),
  status: command({ title: "How an experiment stands", permission: "read", risk: "low", input: Which, output: EvolutionStatus }),
  list: command({ title: "List experiments", permission: "read", risk: "low", input: Nothing, output: z.array(EvolutionStatus) }),
  lineage: command({
    title: "Ancestors of an individual",
    permission: "read",
    risk: "low",
    /** Without an individual: of the champion. */
    input: Which.extend({ individual: z.string().optional() }),
    /** Itself first, then its ancestors, the youngest first. */
    output: z.array(Judged),
  }),
  champion: command({
    title: "The best genome of an experiment",
    permission: "read",
    risk: "low",
    input: Which,
    output: z.object({ id: z.string(), champion: Judged, genome: z.string() }),
  }),
} as const satisfies CommandTable;
