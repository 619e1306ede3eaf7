/** What can be chosen in the export dialog, and the command it becomes. */
import type { CommandInput } from "../../bridge/lab-bridge.ts";

export const forms = {
  genome: { format: "genome" },
  feagi: { format: "genome", dialect: "feagi-3" },
  brain: { format: "brain" },
  connectome: { format: "connectome" },
  sonata: { format: "sonata" },
  graphml: { format: "graphml" },
  gexf: { format: "gexf" },
  neo4jCsv: { format: "neo4j-csv" },
  mtx: { format: "mtx" },
  csv: { format: "csv" },
  arrow: { format: "arrow" },
  parquet: { format: "parquet" },
} as const satisfies Record<string, CommandInput<"session.export">>;
export type Form = keyof typeof forms;

/** Holds neurons and synapses of a part of the brain as well as of all of it. */
export function takesScope(form: Form): boolean {
  return !["genome", "feagi", "brain", "connectome"].includes(form);
}

/** Counts time in milliseconds. */
export function needsStep(form: Form): boolean {
  return form === "sonata";
}
