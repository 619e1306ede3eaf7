/** An engine that holds the neuron model its network needs: an image or a snapshot chooses it, and the one before is put away. */
import { type EngineImage, lifDynamics } from "#contracts/network.ts";
import type { Engine, EngineKind } from "./engine.ts";
import { modeOf } from "./reference/snapshot-container.ts";

const models = ["feagi", "lif"] as const;
type Model = (typeof models)[number];
/** Makes an empty engine of a model. */
export type Makers = Record<Model, () => Engine>;

/** The mode word of a lif-delta snapshot. */
const LIF_MODE = 4;

export class ModelSwitch implements Engine {
  readonly #makers: Makers;
  #model: Model;
  #engine: Engine;
  #watching = false;

  constructor(makers: Makers, model: Model = "feagi", engine: Engine = makers[model]()) {
    this.#makers = makers;
    this.#model = model;
    this.#engine = engine;
  }

  load(image: EngineImage): void {
    this.#take(image.dynamics === lifDynamics ? "lif" : "feagi", (engine) => engine.load(image));
  }

  restore(snapshot: Uint8Array): void {
    this.#take(modeOf(snapshot) === LIF_MODE ? "lif" : "feagi", (engine) => engine.restore(snapshot));
  }

  fork(): Engine {
    return new ModelSwitch(this.#makers, this.#model, this.#engine.fork());
  }

  watchWeights(on: boolean): void {
    this.#watching = on;
    this.#engine.watchWeights(on);
  }

  get kind(): EngineKind {
    return this.#engine.kind;
  }
  get burst(): number {
    return this.#engine.burst;
  }
  get neuronCount(): number {
    return this.#engine.neuronCount;
  }
  get synapseCount(): number {
    return this.#engine.synapseCount;
  }

  get synapseSlots(): number {
    return this.#engine.synapseSlots;
  }
  get frameWords(): number {
    return this.#engine.frameWords;
  }
  readonly memoryBytes: Engine["memoryBytes"] = () => this.#engine.memoryBytes();
  readonly apply: Engine["apply"] = (patch) => this.#engine.apply(patch);
  readonly burstInto: Engine["burstInto"] = (frame) => this.#engine.burstInto(frame);
  readonly burstIntoSync: Engine["burstIntoSync"] = (frame) => this.#engine.burstIntoSync(frame);
  readonly snapshot: Engine["snapshot"] = () => this.#engine.snapshot();
  readonly stateHash: Engine["stateHash"] = () => this.#engine.stateHash();
  readonly moment: Engine["moment"] = () => this.#engine.moment();
  readonly restoreMoment: Engine["restoreMoment"] = (moment) => this.#engine.restoreMoment(moment);
  readonly weightChanges: Engine["weightChanges"] = () => this.#engine.weightChanges();
  readonly neuronStates: Engine["neuronStates"] = (ids) => this.#engine.neuronStates(ids);
  readonly neuronSettings: Engine["neuronSettings"] = (ids) => this.#engine.neuronSettings(ids);
  readonly firedPotentials: Engine["firedPotentials"] = () => this.#engine.firedPotentials();
  readonly candidates: Engine["candidates"] = () => this.#engine.candidates();
  readonly synapses: Engine["synapses"] = () => this.#engine.synapses();
  readonly synapsesIn: Engine["synapsesIn"] = (from, until) => this.#engine.synapsesIn(from, until);
  readonly outgoing: Engine["outgoing"] = (neuron) => this.#engine.outgoing(neuron);
  readonly incoming: Engine["incoming"] = (neuron) => this.#engine.incoming(neuron);
  readonly afferents: Engine["afferents"] = (target) => this.#engine.afferents(target);
  readonly memorySignals: Engine["memorySignals"] = () => this.#engine.memorySignals();
  readonly sample: Engine["sample"] = (neurons, synapses, into) => this.#engine.sample(neurons, synapses, into);
  readonly weightsOf: Engine["weightsOf"] = (slots) => this.#engine.weightsOf(slots);
  readonly dispose: Engine["dispose"] = () => this.#engine.dispose();

  /** Lets a new model take something before the old one goes, so that a refusal changes nothing. */
  #take(model: Model, take: (engine: Engine) => void): void {
    const engine = model === this.#model ? this.#engine : this.#makers[model]();
    take(engine);
    if (engine === this.#engine) return;
    engine.watchWeights(this.#watching);
    this.#engine.dispose();
    this.#engine = engine;
    this.#model = model;
  }
}
