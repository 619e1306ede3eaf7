/** What can be chosen in the export dialog, and the command it becomes. */
import { type Compression, type FormatTakes, formatTakes } from "#contracts/exports.ts";
import type { CommandInput } from "../../bridge/lab-bridge.ts";

export const forms = {
  genome: { format: "genome" },
  feagi: { format: "genome", dialect: "feagi-3" },
  brain: { format: "brain" },
  bundle: { format: "bundle" },
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

/** What is made elsewhere in the window: the card leads there. */
export const doors = { neo4j: "graph", png: "figure", svg: "drawing", webm: "film" } as const;
export type Door = keyof typeof doors;
export type Card = Form | Door;

export const isDoor = (card: Card): card is Door => card in doors;

/** What of the brain is taken out, with the forms it can take. The first is offered first. */
export const wholes = {
  network: ["graphml", "gexf", "sonata", "neuroml", "csv", "parquet", "arrow", "mtx", "neo4jCsv", "neo4j"],
  activity: ["nwb", "sonata", "csv", "parquet", "arrow"],
  probes: ["csv", "parquet", "arrow", "nwb"],
  genome: ["genome", "feagi"],
  whole: ["bundle", "brain", "connectome"],
  shape: ["gltf"],
  picture: ["png", "svg", "webm"],
} as const satisfies Record<string, readonly Card[]>;
export type What = keyof typeof wholes;

export const takesOf = (form: Form): FormatTakes => formatTakes[forms[form].format];

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
  idBase: 0 | 1;
  /** Null: the usual of the format. */
  compression: Compression | null;
  /** 0: each table in one file. */
  rowsPerFile: number;
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
  idBase: 0,
  compression: null,
  rowsPerFile: 0,
  path: "",
  verify: true,
};

/** What the window knows beside what was chosen in the dialog. */
export interface Around {
  /** Selected areas. */
  selected: readonly string[];
  /** Neurons the trace follows. */
  probes: readonly number[];
  /** Bursts of the recording. */
  recorded: { first: number; last: number } | null;
}

/** Whether bursts are asked for: of what holds them by itself only where a part is meant. */
export function hasBursts(what: What, form: Form, { withActivity }: Pick<Choices, "withActivity">): boolean {
  const { bursts } = takesOf(form);
  if (what === "probes" || what === "activity") return bursts !== undefined;
  return bursts === "always" || (bursts === "asked" && withActivity);
}

export function requestOf(what: What, form: Form, choices: Choices, around: Around): CommandInput<"session.export"> {
  const { scope, synapses, minWeight, stepMs, idBase, compression, rowsPerFile, verify } = choices;
  const { selected, probes, recorded } = around;
  const takes = takesOf(form);
  const path = choices.path.trim();
  const isNarrow = choices.first !== null || choices.last !== null;
  const isAsked = what !== "probes" && takes.bursts === "asked";
  const wantsBursts = recorded !== null && hasBursts(what, form, choices) && (isNarrow || isAsked);
  const filter = { ...(synapses !== "all" && { type: synapses }), ...(minWeight > 0 && { minWeight }) };
  const part = {
    ...(scope === "selected" && { areas: [...selected] }),
    ...(scope !== "selected" && scope !== "all" && { regions: [scope] }),
    ...(Object.keys(filter).length > 0 && { synapses: filter }),
  };
  return {
    ...forms[form],
    ...(takes.scope && what !== "probes" && { scope: part }),
    ...(what === "probes" && { probes: [...probes] }),
    ...(takes.stepMs && stepMs > 0 && { stepMs }),
    ...(takes.idBase === "either" && idBase === 1 && { idBase }),
    ...(compression !== null && takes.compression?.includes(compression) && { compression }),
    ...(takes.rowsPerFile && rowsPerFile > 0 && { rowsPerFile }),
    ...(wantsBursts && { bursts: { first: choices.first ?? recorded.first, last: choices.last ?? recorded.last } }),
    ...(path !== "" && { path }),
    verify,
  };
}
