/**
 * Reads GraphML a piece at a time (saxes): our own writer's attributes, and plain graphs such as NetworkX's. Nodes become neurons, edges
 * synapses; only columns and the names of nodes stand in memory. Entities a document declares are not expanded.
 */
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { LabError } from "#contracts/errors.ts";
import {
  ForeignBuilder,
  type ForeignLimits,
  type ForeignNetwork,
  neuronTraits,
  type SynapseTraits,
} from "#core/exchange/foreign-network.ts";

const FORMAT = "GraphML";
/** Longest text of a value and of an id. */
const LONGEST = 4096;
/** Characters from one element to the next. */
const FARTHEST = 16 << 20;

/** Attribute names of neurons, with the trait each is. */
const traitOf: Readonly<Record<string, (typeof neuronTraits)[number]["name"]>> = {
  firing_threshold: "threshold",
  threshold: "threshold",
  leak: "leak",
  refractory_period: "refractoryPeriod",
};
const traitPlace = new Map(neuronTraits.map(({ name }, at) => [name as string, at]));
const nodeWords = new Set(["area", "area_name", "area_kind", "x", "y", "z", ...Object.keys(traitOf)]);
const edgeWords = new Set(["weight", "psp", "type", "delay"]);

interface Key {
  owner: string;
  name: string;
  otherwise?: string;
}

/** A node or an edge, with its values by attribute name. */
interface GraphElement {
  kind: "node" | "edge";
  id: string;
  source: string;
  target: string;
  isDirected: boolean;
  values: Map<string, string>;
}

export async function readGraphml(
  pieces: AsyncIterable<string> | Iterable<string>,
  name: string,
  { limitBytes, tick = () => {} }: ForeignLimits,
): Promise<ForeignNetwork> {
  const reader = new GraphmlReader(name, limitBytes);
  for await (const piece of pieces) {
    tick();
    reader.take(piece);
  }
  return reader.finish();
}

class GraphmlReader {
  readonly #parser = new SaxesParser();
  readonly #builder: ForeignBuilder;
  readonly #name: string;
  readonly #keys = new Map<string, Key>();
  readonly #nodes = new Map<string, number>();
  /** Attributes that were seen and have no place, with how often. */
  readonly #unused = new Map<string, number>();
  #title = "";
  #isDirected = true;
  #graphs = 0;
  /** What `data` belongs to. */
  #owner: GraphElement | null = null;
  #text: { key: string; value: string } | null = null;
  #undirected = 0;
  #isInside = false;
  #waiting = 0;

  constructor(name: string, limitBytes: number) {
    this.#name = name;
    this.#builder = new ForeignBuilder(FORMAT, limitBytes);
    this.#parser.on("error", (error) => {
      throw this.#refused(`it is no whole XML: ${error.message.replace(/^\d+:\d+: /, "").replace(/\.$/, "")}`);
    });
    this.#parser.on("opentag", (tag) => this.#open(tag as SaxesTagPlain));
    this.#parser.on("closetag", (tag) => this.#close(tag as SaxesTagPlain));
    this.#parser.on("text", (text) => {
      if (!this.#text) return;
      this.#text.value += text;
      if (this.#text.value.length > LONGEST) throw this.#refused(`a value is longer than ${LONGEST} characters`);
    });
  }

  take(piece: string): void {
    this.#waiting += piece.length;
    this.#parser.write(piece);
    if (this.#waiting > FARTHEST) throw this.#refused(`nothing but text for ${FARTHEST.toLocaleString("en")} characters`);
  }

  finish(): ForeignNetwork {
    this.#parser.close();
    if (this.#graphs === 0) throw this.#refused("it holds no graph");
    for (const [what, count] of this.#unused) this.#builder.leftOut(`the attribute "${what}" of ${count.toLocaleString("en")} elements`);
    if (this.#undirected > 0)
      this.#builder.assumed(
        "which way edges lead",
        `${this.#undirected.toLocaleString("en")} undirected edges become two synapses each, one each way: that`,
      );
    this.#builder.assumed("how long a burst is", "25 ms");
    return this.#builder.finish(this.#title || this.#name.replace(/\.graphml(\.gz)?$/i, ""), null);
  }

  #open({ name: tag, attributes }: SaxesTagPlain): void {
    const name = localName(tag);
    this.#waiting = 0;
    if (!this.#isInside && name !== "graphml") throw this.#refused(`its first element is <${name}>, not <graphml>`);
    this.#isInside = true;
    if (name === "key") {
      const { id = "", for: owner = "all", "attr.name": attribute = id } = attributes;
      this.#keys.set(id, { owner, name: attribute });
    } else if (name === "default") this.#text = { key: "", value: "" };
    else if (name === "graph") {
      if (this.#owner !== null) throw this.#refused("a graph lies inside a node or edge", "Flatten nested graphs first.");
      if (++this.#graphs > 1) throw this.#refused("it holds more than one graph", "Keep one graph in the file.");
      this.#title = attributes.id ?? "";
      this.#isDirected = attributes.edgedefault !== "undirected";
    } else if (name === "node" || name === "edge") {
      if (this.#graphs === 0) throw this.#refused(`a <${name}> lies outside of a graph`);
      const { id = "", source = "", target = "", directed } = attributes;
      if (id.length > LONGEST || source.length > LONGEST || target.length > LONGEST)
        throw this.#refused(`an id is longer than ${LONGEST} characters`);
      this.#owner = {
        kind: name,
        id,
        source,
        target,
        isDirected: directed === undefined ? this.#isDirected : directed === "true",
        values: new Map(),
      };
    } else if (name === "hyperedge") throw this.#refused("it has edges of more than two ends (hyperedge)", "Make plain edges of them.");
    else if (name === "data") this.#text = { key: attributes.key ?? "", value: "" };
  }

  #close({ name: tag }: SaxesTagPlain): void {
    const name = localName(tag);
    if (name === "data" && this.#text) {
      const key = this.#keys.get(this.#text.key);
      if (this.#owner) {
        if (!key) throw this.#refused(`a value of ${this.#whereOf(this.#owner)} has the key "${this.#text.key}", which is not declared`);
        this.#owner.values.set(key.name, this.#text.value.trim());
      }
      this.#text = null;
    } else if (name === "default" && this.#text) {
      const last = [...this.#keys.values()].at(-1);
      if (last) last.otherwise = this.#text.value.trim();
      this.#text = null;
    } else if (name === "node" || name === "edge") {
      const owner = this.#owner!;
      this.#owner = null;
      for (const { owner: of, name: attribute, otherwise } of this.#keys.values())
        if (otherwise !== undefined && (of === name || of === "all") && !owner.values.has(attribute))
          owner.values.set(attribute, otherwise);
      if (name === "node") this.#node(owner);
      else this.#edge(owner);
    }
  }

  #node(node: GraphElement): void {
    const { values, id } = node;
    if (id === "") throw this.#refused("a node has no id");
    if (this.#nodes.has(id)) throw this.#refused(`two nodes have the id "${id}"`);
    const areaId = values.get("area") || values.get("area_name") || "neurons";
    const builder = this.#builder;
    builder.area(areaId, values.get("area_name") || values.get("area") || "Neurons");
    const place = (["x", "y", "z"] as const).map((axis) => (values.has(axis) ? this.#number(node, axis) : Number.NaN));
    for (const [attribute, trait] of Object.entries(traitOf))
      if (values.has(attribute)) builder.traits[traitPlace.get(trait)!] = this.#number(node, attribute);
    this.#count(values, nodeWords);
    // A graph in a plane is a layer of voxels.
    if (Number.isNaN(place[2]) && values.has("x") && values.has("y")) place[2] = 0;
    this.#nodes.set(id, builder.neuron(areaId, place[0]!, place[1]!, place[2]!, `node "${id}"`));
  }

  #edge(edge: GraphElement): void {
    const { values, source, target, isDirected } = edge;
    const [from, to] = [source, target].map((end) => {
      const neuron = this.#nodes.get(end);
      if (neuron !== undefined) return neuron;
      throw this.#refused(
        `${this.#whereOf(edge)} has the end "${end}", and no node before it has that id`,
        "Put nodes before edges, and name every end.",
      );
    }) as [number, number];
    const said = (attribute: string) => (values.has(attribute) ? this.#number(edge, attribute) : Number.NaN);
    const type = values.get("type");
    const kind = type === "excitatory" ? 0 : type === "inhibitory" ? 1 : Number.NaN;
    const traits: SynapseTraits = { weight: said("weight"), psp: said("psp"), kind, delay: said("delay") };
    this.#count(values, edgeWords);
    this.#builder.synapse(from, to, traits);
    if (isDirected) return;
    this.#undirected++;
    if (from !== to) this.#builder.synapse(to, from, traits);
  }

  #number(owner: GraphElement, attribute: string): number {
    const text = owner.values.get(attribute)!;
    const value = text === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value) && Number.isFinite(Math.fround(value))) return value;
    throw this.#refused(`"${attribute}" of ${this.#whereOf(owner)} is "${text.slice(0, 40)}", not a number`);
  }

  #count(values: Map<string, string>, known: ReadonlySet<string>): void {
    for (const attribute of values.keys()) if (!known.has(attribute)) this.#unused.set(attribute, (this.#unused.get(attribute) ?? 0) + 1);
  }

  #whereOf({ kind, id, source, target }: GraphElement): string {
    return id === "" ? `the ${kind} from "${source}" to "${target}"` : `${kind} "${id}"`;
  }

  #refused(reason: string, advice = "Mend the file, or export it again from where it came from."): LabError {
    const { line, column } = this.#parser;
    const message = `${this.#name} was refused: ${reason} (line ${line}, column ${column})`;
    return new LabError("E_NETWORK", message, { reason, line, column }, advice);
  }
}

const localName = (tag: string) => tag.slice(tag.indexOf(":") + 1);
