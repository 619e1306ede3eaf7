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
  neuroml: { format: "neuroml" },
  neo4jCsv: { format: "neo4j-csv" },
  mtx: { format: "mtx" },
  csv: { format: "csv" },
  arrow: { format: "arrow" },
  parquet: { format: "parquet" },
  nwb: { format: "nwb" },
  gltf: { format: "gltf" },
} as const satisfies Record<string, CommandInput<"session.export">>;
export type Form = keyof typeof forms;

/** What of the brain is taken out, with the forms it can take. The first is offered first. */
export const wholes = {
  network: ["graphml", "gexf", "sonata", "neuroml", "csv", "parquet", "arrow", "mtx", "neo4jCsv"],
  activity: ["nwb", "sonata", "csv", "parquet", "arrow"],
  whole: ["brain", "genome", "feagi", "connectome"],
  shape: ["gltf"],
} as const satisfies Record<string, readonly Form[]>;
export type What = keyof typeof wholes;

/** Holds neurons and synapses of a part of the brain as well as of all of it. */
export function takesScope(form: Form): boolean {
  return !(wholes.whole as readonly Form[]).includes(form);
}

/** Counts time in milliseconds. */
export function needsStep(form: Form): boolean {
  return form === "sonata" || form === "nwb" || form === "neuroml";
}

/** Can have what fired beside the network. */
export function holdsActivity(form: Form): boolean {
  return (wholes.activity as readonly Form[]).includes(form);
}

/** Does so by itself. */
export function isActive(form: Form): boolean {
  return form === "sonata" || form === "nwb";
}

/** Everything that is chosen besides the form. */
export interface Choices {
  /** "all", "selected", or the id of a region. */
  scope: string;
  synapses: "all" | "excitatory" | "inhibitory";
  minWeight: number;
  withActivity: boolean;
  /** Null: the end of the recording on that side. */
  first: number | null;
  last: number | null;
  /** 0: not said yet. */
  stepMs: number;
  path: string;
  verify: boolean;
}

export const untouched: Choices = {
  scope: "all",
  synapses: "all",
  minWeight: 0,
  withActivity: false,
  first: null,
  last: null,
  stepMs: 0,
  path: "",
  verify: true,
};

/** `selected` are the selected areas, `recorded` the bursts of the recording. */
export function requestOf(
  form: Form,
  choices: Choices,
  selected: readonly string[],
  recorded: { first: number; last: number } | null,
): CommandInput<"session.export"> {
  const { scope, synapses, minWeight, stepMs, verify } = choices;
  const path = choices.path.trim();
  const isNarrow = choices.first !== null || choices.last !== null;
  const wantsBursts = holdsActivity(form) && recorded !== null && (isActive(form) ? isNarrow : choices.withActivity);
  const filter = { ...(synapses !== "all" && { type: synapses }), ...(minWeight > 0 && { minWeight }) };
  const part = {
    ...(scope === "selected" && { areas: [...selected] }),
    ...(scope !== "selected" && scope !== "all" && { regions: [scope] }),
    ...(Object.keys(filter).length > 0 && { synapses: filter }),
  };
  return {
    ...forms[form],
    ...(takesScope(form) && { scope: part }),
    ...(needsStep(form) && stepMs > 0 && { stepMs }),
    ...(wantsBursts && { bursts: { first: choices.first ?? recorded.first, last: choices.last ?? recorded.last } }),
    ...(path !== "" && { path }),
    verify,
  };
}
