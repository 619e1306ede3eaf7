/**
 * Reads a SONATA circuit: its configuration, and nodes and edges slice by slice through h5wasm. Of our own files everything that SONATA
 * holds comes back; of others each population of nodes is an area, and an edge has what its group or its type says.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import h5wasm, { Dataset, File, Group } from "h5wasm/node";
import { LabError } from "#contracts/errors.ts";
import { ForeignBuilder, type ForeignLimits, type ForeignNetwork, neuronTraits } from "#core/exchange/foreign-network.ts";

const FORMAT = "SONATA";
const SLICE = 65_536;

/** Attributes of nodes that our own writer gives, with the trait each is. */
const traitOf: Readonly<Record<string, (typeof neuronTraits)[number]["name"]>> = {
  threshold: "threshold",
  threshold_limit: "thresholdLimit",
  leak: "leak",
  excitability: "excitability",
  refractory_period: "refractoryPeriod",
  consecutive_fire_limit: "consecutiveFireLimit",
  snooze_period: "snoozePeriod",
  charge_accumulation: "accumulates",
};
const traitPlace = new Map(neuronTraits.map(({ name }, at) => [name as string, at]));
const nodeWords = new Set(["area", "neuron", "x", "y", "z", ...Object.keys(traitOf), "@library", "dynamics_params"]);
const edgeWords = new Set(["syn_weight", "psp", "delay", "inhibitory", "slot", "dynamics_params"]);

interface CircuitFiles {
  nodes: { file: string; types: string | null }[];
  edges: { file: string; types: string | null }[];
  /** ms. */
  step: number | null;
}

/** `config` is the configuration of a circuit, or of a simulation that names one. */
export async function readSonata(config: string, { limitBytes, tick = () => {} }: ForeignLimits): Promise<ForeignNetwork> {
  const circuit = await circuitOf(config);
  // What HDF5 finds wrong is thrown, not printed.
  (await h5wasm.ready).activate_throwing_error_handler();
  const reader = new SonataReader(path.basename(path.dirname(path.resolve(config))), circuit.step, limitBytes, tick);
  for (const { file, types } of circuit.nodes) await reader.nodes(file, types);
  for (const { file, types } of circuit.edges) await reader.edges(file, types);
  return reader.finish();
}

class SonataReader {
  readonly #builder: ForeignBuilder;
  readonly #step: number | null;
  readonly #tick: () => void;
  /** First neuron and number of neurons of each population. */
  readonly #populations = new Map<string, { first: number; count: number }>();
  #title: string;
  /** Slots of all synapses while each file has them; our files keep the order of the engine in them. */
  #slots: number[] | null = [];
  readonly #unused = new Set<string>();

  constructor(title: string, step: number | null, limitBytes: number, tick: () => void) {
    this.#title = title;
    this.#step = step;
    this.#tick = tick;
    this.#builder = new ForeignBuilder(FORMAT, limitBytes);
  }

  async nodes(file: string, types: string | null): Promise<void> {
    const table = await typesOf(types, "node_type_id");
    await reading(file, async (h5) => {
      for (const [population, root] of groupsOf(h5, "nodes", file)) {
        const builder = this.#builder;
        const typeIds = dataset(root, "node_type_id", file);
        const count = lengthOf(typeIds);
        const group = root.get("0");
        const attributes = new Map(group instanceof Group ? datasetsOf(group, count, file) : []);
        for (const name of attributes.keys()) if (!nodeWords.has(name)) this.#unused.add(name);
        const library = root.get("0/@library/area");
        const areas = library instanceof Dataset ? (library.value as string[]) : null;
        const title = root.attrs.title?.value;
        if (typeof title === "string" && title !== "") this.#title = title;
        // Areas without neurons are listed too.
        const nameOf = new Map([...table.values()].flatMap((row) => (row.area && row.area_name ? [[row.area, row.area_name]] : [])));
        for (const id of areas ?? []) builder.area(id, nameOf.get(id) ?? id);
        const first = builder.neurons;
        const traits = Object.entries(traitOf).flatMap(([name, trait]) =>
          attributes.has(name) ? [[attributes.get(name)!, traitPlace.get(trait)!] as const] : [],
        );
        const where = (row: number) => `node ${row} of ${population}`;
        for await (const [start, end] of slices(count)) {
          this.#tick();
          const cells = (of: Dataset | undefined) => (of ? numbers(of, start, end) : null);
          const [type, area] = [numbers(typeIds, start, end), areas ? cells(attributes.get("area")) : null];
          const [x, y, z] = ["x", "y", "z"].map((axis) => cells(attributes.get(axis)));
          const said = traits.map(([of, at]) => [numbers(of, start, end), at] as const);
          for (let i = 0; i < end - start; i++) {
            const id = area ? areas![area[i]!] : undefined;
            if (area && id === undefined)
              throw refused(file, `${where(start + i)} has the area ${area[i]}, and there are ${areas!.length}`);
            const areaId = id ?? this.#areaOf(population, table.get(type[i]!));
            for (const [values, at] of said) builder.traits[at] = values[i]!;
            builder.neuron(areaId, x?.[i] ?? Number.NaN, y?.[i] ?? Number.NaN, z?.[i] ?? Number.NaN, where(start + i));
          }
        }
        this.#populations.set(population, { first, count });
      }
    });
  }

  async edges(file: string, types: string | null): Promise<void> {
    const table = await typesOf(types, "edge_type_id");
    await reading(file, async (h5) => {
      for (const [population, root] of groupsOf(h5, "edges", file)) {
        const ends = ["source_node_id", "target_node_id"].map((name) => dataset(root, name, file)) as [Dataset, Dataset];
        const [from, to] = ends.map((end) => this.#populationOf(end, file)) as [string, string];
        const count = lengthOf(ends[0]);
        if (lengthOf(ends[1]) !== count) throw refused(file, `${population} has ${count} sources and ${lengthOf(ends[1])} targets`);
        const typeIds = root.get("edge_type_id");
        const group = root.get("0");
        const attributes = new Map(group instanceof Group ? datasetsOf(group, count, file) : []);
        for (const name of attributes.keys()) if (!edgeWords.has(name)) this.#unused.add(name);
        if (!attributes.has("slot")) this.#slots = null;
        const [sources, targets] = [this.#populations.get(from)!, this.#populations.get(to)!];
        const idOf = (node: number, { first, count: nodes }: { first: number; count: number }, edge: number, name: string) => {
          if (node < nodes) return first + node;
          throw refused(file, `edge ${edge} of ${population} has the end ${node}, and ${name} has ${nodes} nodes`);
        };
        for await (const [start, end] of slices(count)) {
          this.#tick();
          const cells = (name: string) => (attributes.has(name) ? numbers(attributes.get(name)!, start, end) : null);
          const [source, target] = ends.map((of) => numbers(of, start, end)) as [ArrayLike<number>, ArrayLike<number>];
          const type = typeIds instanceof Dataset ? numbers(typeIds, start, end) : null;
          const [weight, psp, delay, inhibitory, slot] = ["syn_weight", "psp", "delay", "inhibitory", "slot"].map(cells);
          for (let i = 0; i < end - start; i++) {
            const row = type ? table.get(type[i]!) : undefined;
            const delayMs = delay ? delay[i]! : numberIn(row?.delay);
            this.#builder.synapse(idOf(source[i]!, sources, start + i, from), idOf(target[i]!, targets, start + i, to), {
              weight: this.#finite(weight ? weight[i]! : numberIn(row?.syn_weight), file, start + i, "syn_weight"),
              psp: this.#finite(psp ? psp[i]! : Number.NaN, file, start + i, "psp"),
              kind: inhibitory ? Math.min(1, inhibitory[i]!) : Number.NaN,
              delay: this.#finite(delayMs / (this.#step ?? 1), file, start + i, "delay"),
            });
            if (slot) this.#slots?.push(slot[i]!);
          }
        }
      }
    });
  }

  finish(): ForeignNetwork {
    const builder = this.#builder;
    if (this.#unused.size > 0) builder.leftOut(`the attributes ${[...this.#unused].sort().join(", ")}`);
    if (this.#step === null) builder.assumed("how long a step is (run.dt)", "1 ms a burst");
    return builder.finish(this.#title, this.#step ?? 1, this.#slots ? ascending(this.#slots) : undefined);
  }

  /** The area of nodes that name none: their population, and within it what their type calls its population. */
  #areaOf(population: string, type: Record<string, string> | undefined): string {
    const name = type?.pop_name && type.pop_name !== "NULL" ? type.pop_name : population;
    this.#builder.area(name, name);
    return name;
  }

  #populationOf(end: Dataset, file: string): string {
    const name = end.attrs.node_population?.value;
    if (typeof name === "string" && this.#populations.has(name)) return name;
    const known = [...this.#populations.keys()].join(", ");
    throw refused(file, `an end of its edges is of the population ${JSON.stringify(name ?? null)}, and the nodes are of ${known}`);
  }

  /** NaN is what the file does not say; whatever else is no finite number is refused. */
  #finite(value: number, file: string, edge: number, name: string): number {
    if (Number.isNaN(value) || Number.isFinite(value)) return value;
    throw refused(file, `${name} of edge ${edge} is ${value}`);
  }
}

async function circuitOf(config: string): Promise<CircuitFiles> {
  const folder = path.dirname(path.resolve(config));
  const name = path.basename(config);
  const text = await readFile(config, "utf8").catch((cause) => {
    throw new LabError("E_IO", `The configuration cannot be read: ${(cause as Error).message}`, { path: config }, "Check its path.", cause);
  });
  const said = parsed(text, name) as {
    manifest?: Record<string, string>;
    run?: { dt?: unknown };
    network?: unknown;
    networks?: Record<string, unknown>;
  };
  if (typeof said.network === "string")
    return { ...(await circuitOf(path.resolve(folder, said.network.replace(/^\$\w+\/?/, "")))), ...stepOf(said.run) };
  const words = Object.entries(said.manifest ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const resolved = (file: string) => {
    let at = file;
    // A name may stand for one that stands for another.
    for (let depth = 0; depth < words.length; depth++) for (const [word, means] of words) at = at.replace(word, means);
    return path.resolve(folder, at);
  };
  const files = (kind: "nodes" | "edges") => {
    const rows = said.networks?.[kind] ?? [];
    if (!Array.isArray(rows)) throw refused(name, `networks.${kind} is no list`);
    return rows.map((row: Record<string, unknown>, at) => {
      const [file, types] = [row?.[`${kind}_file`], row?.[`${kind.slice(0, -1)}_types_file`]];
      if (typeof file !== "string") throw refused(name, `networks.${kind}[${at}] names no ${kind}_file`);
      return { file: resolved(file), types: typeof types === "string" && types !== "NULL" ? resolved(types) : null };
    });
  };
  const circuit = { nodes: files("nodes"), edges: files("edges"), step: null, ...stepOf(said.run) };
  if (circuit.nodes.length === 0) throw refused(name, "it names no nodes");
  return circuit;
}

function stepOf(run: { dt?: unknown } | undefined): { step?: number } {
  const dt = run?.dt;
  return typeof dt === "number" && Number.isFinite(dt) && dt > 0 ? { step: dt } : {};
}

function parsed(text: string, name: string): object {
  try {
    const said: unknown = JSON.parse(text);
    if (said !== null && typeof said === "object") return said;
  } catch (cause) {
    throw refused(name, `it is no JSON: ${(cause as Error).message}`);
  }
  throw refused(name, "it is no JSON object");
}

/** Rows of a table of types by their id; cells are separated by spaces. */
async function typesOf(file: string | null, key: string): Promise<Map<number, Record<string, string>>> {
  if (file === null) return new Map();
  const text = await readFile(file, "utf8").catch((cause) => {
    throw refused(file, `it cannot be read: ${(cause as Error).message}`);
  });
  const [header = [], ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => line.match(/"[^"]*"|\S+/g)?.map((cell) => cell.replace(/^"|"$/g, "")) ?? []);
  if (!header.includes(key)) throw refused(file, `its columns have no ${key}`);
  return new Map(
    rows.map((cells) => {
      const row = Object.fromEntries(header.map((name, at) => [name, cells[at] ?? "NULL"]));
      return [Number(row[key]), row];
    }),
  );
}

async function reading(file: string, read: (h5: File) => Promise<void>): Promise<void> {
  let h5: File | null = null;
  try {
    h5 = new File(file, "r");
    // A file that HDF5 does not take opens without an id.
    if (h5.file_id < 0n) throw new Error("it is no HDF5 file, or not whole");
    await read(h5);
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    const { message } = cause as Error;
    // The innermost of the errors HDF5 stacks up.
    throw refused(file, message.startsWith("HDF5-DIAG") ? (message.split("minor: ").at(-1) ?? message).trim() : message, cause);
  } finally {
    h5?.close();
  }
}

function groupsOf(h5: File, kind: "nodes" | "edges", file: string): [string, Group][] {
  const root = h5.get(kind);
  if (!(root instanceof Group)) throw refused(file, `it has no group /${kind}`);
  const groups = root.keys().map((name): [string, unknown] => [name, root.get(name)]);
  const populations = groups.filter((entry): entry is [string, Group] => entry[1] instanceof Group);
  if (populations.length === 0) throw refused(file, `/${kind} has no population`);
  return populations;
}

function dataset(root: Group, name: string, file: string): Dataset {
  const found = root.get(name);
  if (found instanceof Dataset && found.shape?.length === 1) return found;
  throw refused(file, `${root.path}/${name} is missing or no list`);
}

/** The columns of a group, each with a row for everyone. */
function datasetsOf(group: Group, rows: number, file: string): [string, Dataset][] {
  return group.keys().flatMap((name): [string, Dataset][] => {
    const found = group.get(name);
    if (!(found instanceof Dataset) || typeof found.dtype !== "string" || found.dtype === "S") return [];
    if (found.shape?.length !== 1 || lengthOf(found) !== rows)
      throw refused(file, `${group.path}/${name} has the shape ${found.shape}, not ${rows} rows`, undefined);
    return [[name, found]];
  });
}

async function* slices(count: number): AsyncGenerator<[start: number, end: number]> {
  for (let start = 0; start < count; start += SLICE) {
    yield [start, Math.min(count, start + SLICE)];
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function numbers(of: Dataset, start: number, end: number): ArrayLike<number> {
  const values = of.slice([[start, end]]) as ArrayLike<number> | BigUint64Array | BigInt64Array;
  return values instanceof BigUint64Array || values instanceof BigInt64Array ? Float64Array.from(values, Number) : values;
}

const lengthOf = ({ shape }: Dataset) => shape?.[0] ?? 0;
const numberIn = (cell: string | undefined) => (cell === undefined || cell === "NULL" || cell === "" ? Number.NaN : Number(cell));

/** The order in which they ascend. */
function ascending(slots: readonly number[]): Uint32Array {
  return Uint32Array.from(slots.keys()).sort((a, b) => slots[a]! - slots[b]!);
}

function refused(file: string, reason: string, cause?: unknown): LabError {
  const message = `${path.basename(file)} was refused: ${reason}`;
  return new LabError(
    "E_NETWORK",
    message,
    { path: file, reason },
    "Choose a whole SONATA circuit, or export it again from where it came from.",
    cause,
  );
}
