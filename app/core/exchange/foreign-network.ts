/**
 * A network as a file of others tells it, gathered row by row into columns that grow. What a row does not say is NaN and becomes a
 * stated default: nothing is taken in silence. `brain-of-network.ts` makes a brain of it.
 */
import { LabError } from "#contracts/errors.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import { type NeuronColumns, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT, type SynapseColumns } from "#contracts/network.ts";

export interface ForeignArea {
  /** As the file has it; a cortical id where the file came from here. */
  id: string;
  name: string;
}

export interface ForeignNetwork {
  /** For people: GraphML, SONATA. */
  format: string;
  title: string;
  /** Biological time of a burst, null where the file has no clock. */
  stepMs: number | null;
  areas: readonly ForeignArea[];
  /** `area` is a place in `areas`. */
  neurons: NeuronColumns;
  /** By area: every neuron has a voxel. */
  isPlaced: readonly boolean[];
  synapses: SynapseColumns;
  /** What was taken for what the file does not say, and what it says that has no place here. */
  notes: GenomeProblem[];
}

/** Of reading one. */
export interface ForeignLimits {
  /** What the network and a brain of it may take. */
  limitBytes: number;
  /** Called now and then; throws where the reading was cancelled. */
  tick?(): void;
}

/** What a neuron may say of itself, with what is taken where it says nothing. */
export const neuronTraits = [
  { name: "threshold", about: "firing threshold", otherwise: 1 },
  { name: "leak", about: "leak", otherwise: 0 },
  { name: "refractoryPeriod", about: "refractory period", otherwise: 0 },
  { name: "thresholdLimit", about: "upper end of the firing window", otherwise: NO_THRESHOLD_LIMIT },
  { name: "excitability", about: "excitability", otherwise: 1 },
  { name: "consecutiveFireLimit", about: "consecutive fire limit", otherwise: NO_FIRE_LIMIT },
  { name: "snoozePeriod", about: "snooze period", otherwise: 0 },
  { name: "accumulates", about: "charge accumulation", otherwise: 1 },
] as const;
type TraitName = (typeof neuronTraits)[number]["name"];

/** What a synapse may say of itself. */
export interface SynapseTraits {
  weight: number;
  psp: number;
  /** 0 excitatory, 1 inhibitory; NaN: the sign of the weight says it. */
  kind: number;
  /** Bursts. */
  delay: number;
}

const MOST_NEURONS = 50_000_000;
const MOST_SYNAPSES = 100_000_000;
const LONGEST_DELAY = 255;
const FIRST_ROWS = 1024;
/** Of columns that double, and of the copies on the way to a brain. */
const GROWTH_FACTOR = 3;

type Columns = NeuronColumns | SynapseColumns;

export class ForeignBuilder {
  readonly #format: string;
  readonly #limitBytes: number;
  readonly #areas = new Map<string, ForeignArea & { at: number; isPlaced: boolean }>();
  readonly #unsaid = new Map<string, { rows: number; taken: string }>();
  #neurons: NeuronColumns;
  #synapses: SynapseColumns;
  readonly notes: GenomeProblem[] = [];
  /** Of the row that comes next, in the order of `neuronTraits`; NaN is not said. Cleared by `neuron`. */
  readonly traits = new Float64Array(neuronTraits.length).fill(Number.NaN);

  /** `limitBytes`: what the columns and a brain of them may take. */
  constructor(format: string, limitBytes = Number.POSITIVE_INFINITY) {
    this.#format = format;
    this.#limitBytes = limitBytes;
    this.#neurons = mapped(noNeurons, (column) => alike(column, FIRST_ROWS));
    this.#synapses = mapped(noSynapses, (column) => alike(column, FIRST_ROWS));
  }

  get neurons(): number {
    return this.#neurons.count;
  }

  /** The place of an area; the first to name it says what it is. */
  area(id: string, name: string): number {
    let area = this.#areas.get(id);
    if (!area) {
      area = { id, name, at: this.#areas.size, isPlaced: true };
      this.#areas.set(id, area);
    }
    return area.at;
  }

  /** Adds a neuron with what lies in `traits`; NaN for a place it does not have. `where` names it in a refusal. */
  neuron(areaId: string, x: number, y: number, z: number, where: string): number {
    const n = this.#neurons;
    if (n.count === n.area.length) this.#neurons = this.#grown(n, this.#synapses, MOST_NEURONS);
    const { count, ...columns } = this.#neurons;
    const area = this.#areas.get(areaId)!;
    columns.area[count] = area.at;
    if (isVoxel(x) && isVoxel(y) && isVoxel(z)) {
      columns.x[count] = x;
      columns.y[count] = y;
      columns.z[count] = z;
    } else area.isPlaced = false;
    for (const [i, { name, about, otherwise }] of neuronTraits.entries()) {
      const said = this.traits[i]!;
      columns[name][count] = Number.isNaN(said)
        ? this.#taken(`neurons that do not say their ${about}`, otherwise)
        : inRange(name, said, where);
    }
    this.traits.fill(Number.NaN);
    this.#neurons.count = count + 1;
    return count;
  }

  synapse(source: number, target: number, { weight, psp, kind, delay }: SynapseTraits): void {
    const s = this.#synapses;
    if (s.count === s.source.length) this.#synapses = this.#grown(s, this.#neurons, MOST_SYNAPSES);
    const { count, ...columns } = this.#synapses;
    columns.source[count] = source;
    columns.target[count] = target;
    const strength = Number.isNaN(weight) ? this.#taken("synapses without a weight", 1) : weight;
    columns.kind[count] = Number.isNaN(kind) ? (strength < 0 ? 1 : 0) : kind;
    columns.weight[count] = Number.isNaN(kind) ? Math.abs(strength) : strength;
    columns.psp[count] = Number.isNaN(psp) ? this.#taken("synapses without a postsynaptic potential per weight", 1) : psp;
    const bursts = Number.isNaN(delay) ? this.#taken("synapses without a delay", 1) : Math.round(delay);
    columns.delay[count] = Math.max(1, Math.min(LONGEST_DELAY, bursts));
    if (!Number.isNaN(delay) && Math.abs(columns.delay[count]! - delay) > 1e-4)
      this.#taken("synapses whose delay is no whole number of bursts from 1 to 255", "the nearest");
    this.#synapses.count = count + 1;
  }

  /** What the file says that a brain has no place for. */
  leftOut(what: string): void {
    this.notes.push({
      path: this.#format,
      code: "IMPORT_LEFT_OUT",
      message: `Not taken over from ${this.#format}: ${what}`,
      expected: "what a brain holds",
      found: what,
    });
  }

  /** Something that was taken to be, for the whole network. */
  assumed(what: string, taken: string): void {
    this.notes.push({
      path: this.#format,
      code: "IMPORT_DEFAULT",
      message: `${this.#format} does not say ${what}: ${taken} is taken`,
      expected: what,
      found: "nothing",
    });
  }

  /** The network; `order` puts synapses into another order. */
  finish(title: string, stepMs: number | null, order?: Uint32Array): ForeignNetwork {
    if (this.#neurons.count === 0)
      throw new LabError("E_NETWORK", `The ${this.#format} has no neurons`, {}, "Choose a file with nodes in it.");
    for (const [what, { rows, taken }] of this.#unsaid)
      this.notes.push({
        path: this.#format,
        code: "IMPORT_DEFAULT",
        message: `${rows} ${what}: ${taken} is taken`,
        expected: "a value in the file",
        found: "nothing",
      });
    const areas = [...this.#areas.values()];
    return {
      format: this.#format,
      title,
      stepMs,
      areas: areas.map(({ id, name }) => ({ id, name })),
      isPlaced: areas.map(({ isPlaced }) => isPlaced),
      neurons: cut(this.#neurons),
      synapses: order ? permuted(this.#synapses, order) : cut(this.#synapses),
      notes: this.notes,
    };
  }

  #taken<T extends number | string>(what: string, taken: T): T {
    const known = this.#unsaid.get(what);
    if (known) known.rows++;
    else this.#unsaid.set(what, { rows: 1, taken: taken === NO_THRESHOLD_LIMIT || taken === NO_FIRE_LIMIT ? "none" : String(taken) });
    return taken;
  }

  /** Room for twice as many. */
  #grown<C extends Columns>(columns: C, other: Columns, most: number): C {
    const rows = Math.min(most, 2 * columns.count);
    if (columns.count >= most) throw tooLarge(this.#format, `it has more than ${most.toLocaleString("en")} rows`);
    const bytes = GROWTH_FACTOR * (2 * bytesOf(columns) + bytesOf(other));
    if (bytes > this.#limitBytes) {
      const [needs, has] = [Math.ceil(bytes / 1e6), Math.floor(this.#limitBytes / 1e6)].map((mb) => mb.toLocaleString("en"));
      throw tooLarge(this.#format, `its network takes ${needs} MB or more, and there is room for ${has} MB`);
    }
    return mapped(columns, (column) => {
      const next = alike(column, rows);
      next.set(column);
      return next;
    });
  }
}

const isVoxel = (at: number) => Number.isInteger(at) && at >= 0 && at < 2 ** 31;

/** What an engine can hold. */
function inRange(name: TraitName, said: number, where: string): number {
  const isCount = name === "refractoryPeriod" || name === "consecutiveFireLimit" || name === "snoozePeriod";
  const isOk = isCount ? Number.isInteger(said) && said >= 0 && said <= 65535 : Number.isFinite(Math.fround(said));
  if (isOk) return said;
  const meant = isCount ? "a whole number of bursts from 0 to 65535" : "a number a 32-bit float can hold";
  throw new LabError(
    "E_NETWORK",
    `The network was refused: ${name} of ${where} is ${said}, not ${meant}`,
    { where, name },
    "Mend the value in the file.",
  );
}

function tooLarge(format: string, why: string): LabError {
  return new LabError(
    "E_NETWORK",
    `The ${format} was refused: ${why}`,
    { why },
    "Export fewer neurons or synapses from where it came from.",
  );
}

const noNeurons: NeuronColumns = {
  count: 0,
  area: new Uint32Array(0),
  x: new Uint32Array(0),
  y: new Uint32Array(0),
  z: new Uint32Array(0),
  threshold: new Float32Array(0),
  thresholdLimit: new Float32Array(0),
  leak: new Float32Array(0),
  excitability: new Float32Array(0),
  refractoryPeriod: new Uint16Array(0),
  consecutiveFireLimit: new Uint16Array(0),
  snoozePeriod: new Uint16Array(0),
  accumulates: new Uint8Array(0),
};
const noSynapses: SynapseColumns = {
  count: 0,
  source: new Uint32Array(0),
  target: new Uint32Array(0),
  weight: new Float32Array(0),
  psp: new Float32Array(0),
  kind: new Uint8Array(0),
  delay: new Uint8Array(0),
  flags: new Uint8Array(0),
};

type Column = Uint32Array | Float32Array | Uint16Array | Uint8Array;

/** The same columns, each made anew. */
function mapped<C extends Columns>(columns: C, change: (column: Column) => Column): C {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, typeof column === "number" ? column : change(column)]),
  ) as unknown as C;
}

function alike(column: Column, rows: number): Column {
  return new (column.constructor as new (rows: number) => Column)(rows);
}

function bytesOf(columns: Columns): number {
  return Object.values(columns).reduce((sum, column: number | Column) => sum + (typeof column === "number" ? 0 : column.byteLength), 0);
}

function cut<C extends Columns>(columns: C): C {
  return mapped(columns, (column) => column.subarray(0, columns.count));
}

function permuted(columns: SynapseColumns, order: Uint32Array): SynapseColumns {
  return mapped(columns, (column) => {
    const next = alike(column, order.length);
    for (let row = 0; row < order.length; row++) next[row] = column[order[row]!]!;
    return next;
  });
}
