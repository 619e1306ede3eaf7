/**
 * The one way an edit takes: planned beside the running brain → event → engine patch in the gap before the next burst → announcement.
 * Undo and redo go the same way, as events of their own. Edits run one after another; a burst never sees half of one.
 */
import { LabError } from "#contracts/errors.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import type { Kept } from "#core/connectome/kept.ts";
import { type LiveChange, planChange } from "#core/connectome/live-changes.ts";
import { type Prepared, prepareTransition } from "#core/connectome/prepare.ts";
import { type Reading, readFor } from "#core/connectome/reading.ts";
import { type Splice, spliced, splicesBetween } from "#core/connectome/text-splices.ts";
import { finishTransition, type Transition } from "#core/connectome/transition.ts";
import { finished } from "#core/connectome/work.ts";
import { GrowthMemory } from "#core/development/grow.ts";
import type { Engine } from "#core/engine/engine.ts";
import type { Genome } from "#core/genome/genome.ts";
import { parseGenome } from "#core/genome/parse.ts";
import {
  type EditVia,
  entriesOf,
  forgetOldest,
  type HistoryEntry,
  inverted,
  keep,
  keptOf,
  liveSummary,
  revertingSplices,
} from "./edit-history.ts";
import type { EditChange, EditPart, EditStep, StepSummary } from "./edit-steps.ts";
import { drive, type GrowthDriver } from "./growth.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";
import { createTurns } from "./turns.ts";

/** Data of a `connectome.edited` event: enough to repeat it. */
export interface EditRecord {
  brainId: string;
  via: EditVia;
  group: string;
  /** Belongs to the step before it, as a part of the same group. */
  joins: boolean;
  change: EditChange;
}

/** Works out the genome after over the one that lives when the turn comes; what it throws refuses the edit. */
export type GenomeStep = (genome: Genome) => { after: Genome; group: string };

/** What an edit is worked out to. `put` runs in a turn, after the event. */
interface Planned {
  change: EditChange;
  connectome: Connectome;
  patch: Uint32Array;
  summary: StepSummary;
  kept?: Kept;
  isStructural: boolean;
}

/** Attempts to plan beside a brain whose learning makes synapses meanwhile; then it is planned with the brain standing still. */
const ATTEMPTS = 3;

export class Editor {
  readonly #state: LabState;
  readonly #edits = createTurns();
  /** The group that edits join until it ends; `step`: the step it has made. */
  #group: { brain: LivingBrain; name: string; step: EditStep | null } | null = null;

  constructor(state: LabState) {
    this.#state = state;
  }

  /** Makes the living brain one of this genome. Null when nothing changes. */
  commitGenome(step: GenomeStep, source: string, isCancelled?: () => boolean): Promise<StepSummary | null> {
    return this.#edits.take(async () => {
      const brain = this.#state.living;
      const { after, group } = step(brain.connectome.genome);
      if (after.source === brain.connectome.genome.source) return null;
      const change = { splices: splicesBetween(brain.connectome.genome.source, after.source) };
      return (await this.#apply(brain, { change, via: "edit", group, source, genome: after, isCancelled })).summary;
    });
  }

  /** What `commitGenome` would do; nothing of it is done. */
  plan(step: GenomeStep, isCancelled?: () => boolean): Promise<StepSummary> {
    return this.#edits.take(async () => {
      const { after } = step(this.#state.living.connectome.genome);
      const { summary } = await this.#transition(this.#state.living, after, undefined, isCancelled, async (one) => one);
      return { ...summary, inGenome: true };
    });
  }

  /** Changes neurons and synapses themselves. `build` reads the engine as it stands between two bursts. */
  commitLive(build: (connectome: Connectome, engine: Engine) => LiveChange, group: string, source: string): Promise<StepSummary> {
    return this.#edits.take(async () => {
      const brain = this.#state.living;
      const live = await this.#state.turns.take(() => build(brain.connectome, brain.runner.engine));
      return (await this.#apply(brain, { change: { live }, via: "edit", group, source })).summary;
    });
  }

  /** What `commitLive` would do; nothing of it is done. */
  planLive(build: (connectome: Connectome, engine: Engine) => LiveChange): Promise<StepSummary> {
    return this.#edits.take(() =>
      this.#state.turns.take(() => {
        const { connectome, runner } = this.#state.living;
        const live = build(connectome, runner.engine);
        return liveSummary(live, planChange(connectome, runner.engine, live).patch);
      }),
    );
  }

  /** Edits become one step of the history until `endGroup`. */
  beginGroup(name: string): Promise<void> {
    return this.#edits.take(() => {
      this.#group = { brain: this.#state.living, name, step: null };
    });
  }

  endGroup(): Promise<void> {
    return this.#edits.take(() => {
      this.#group = null;
    });
  }

  history(): HistoryEntry[] {
    return entriesOf(this.#state.living);
  }

  undo(source: string): Promise<void> {
    return this.#edits.take(() => this.#undo(this.#state.living, source));
  }

  redo(source: string): Promise<void> {
    return this.#edits.take(() => this.#redo(this.#state.living, source));
  }

  /** Undoes or redoes until the steps before `index` are done and the others are not. */
  jumpTo(index: number, source: string): Promise<void> {
    return this.#edits.take(async () => {
      const brain = this.#state.living;
      if (index < 0 || index > brain.undo.length + brain.redo.length)
        throw new LabError("E_NOT_FOUND", `The history has no step ${index}`, { index }, "connectome.history lists the steps.");
      while (brain.undo.length > index) await this.#undo(brain, source);
      while (brain.undo.length < index) await this.#redo(brain, source);
    });
  }

  /** Takes back one step and leaves the later ones, as a step of its own. E_CONFLICT where a later one builds on it. */
  revertOne(index: number, source: string): Promise<void> {
    return this.#edits.take(async () => {
      const brain = this.#state.living;
      const step = brain.undo[index];
      if (!step)
        throw new LabError("E_NOT_FOUND", `The history has no step ${index} to revert`, { index }, "connectome.history lists the steps.");
      if (index === brain.undo.length - 1) return this.#undo(brain, source);
      const splices = revertingSplices(brain.connectome.genome.source, step, brain.undo.slice(index + 1));
      const lives = step.parts.toReversed().flatMap(({ change }) => ("live" in change ? [inverted(change)] : []));
      const changes = [...lives, ...(splices.length > 0 ? [{ splices }] : [])];
      const name = `Revert ${step.group}`;
      this.#group = { brain, name, step: null };
      try {
        for (const change of changes) await this.#apply(brain, { change, via: "edit", group: name, source, back: keptOf(step) });
      } finally {
        this.#group = null;
      }
    });
  }

  /** Runs with no edit under way. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#edits.take(work);
  }

  /** Repeats an edit that is in the event store already, after a recovery. */
  repeat({ change, via, group, joins }: EditRecord): Promise<void> {
    return this.#edits.take(async () => {
      const brain = this.#state.living;
      const back = via === "edit" ? undefined : (via === "undo" ? brain.undo : brain.redo).at(-1)?.parts.at(via === "undo" ? -1 : 0)?.kept;
      await this.#apply(brain, { change, via, group, source: null, joins, back });
    });
  }

  async #undo(brain: LivingBrain, source: string): Promise<void> {
    this.#group = null;
    const step = brain.undo.at(-1);
    if (!step) throw new LabError("E_CONFLICT", "There is no edit to undo", {}, "Edit an area first.");
    for (const [i, part] of step.parts.toReversed().entries())
      await this.#apply(brain, { change: inverted(part.change), via: "undo", group: step.group, source, joins: i > 0, back: part.kept });
  }

  async #redo(brain: LivingBrain, source: string): Promise<void> {
    this.#group = null;
    const step = brain.redo.at(-1);
    if (!step) throw new LabError("E_CONFLICT", "There is no edit to redo", {}, "Undo an edit first.");
    for (const [i, part] of step.parts.entries())
      await this.#apply(brain, { change: part.change, via: "redo", group: step.group, source, joins: i > 0, back: part.kept });
  }

  async #apply(brain: LivingBrain, asked: Asked): Promise<EditPart> {
    const { announcer } = this.#state;
    const { change, via, source } = asked;
    const open = this.#group?.brain === brain ? this.#group : null;
    const group = via === "edit" ? (open?.name ?? asked.group) : asked.group;
    const joins = asked.joins ?? (open?.step != null && brain.undo.at(-1) === open.step);
    const put = async (planned: Planned): Promise<Planned> => {
      // Whatever could refuse the edit has had its say: now it is recorded, and then it happens.
      const record: EditRecord = { brainId: brain.id, via, group, joins, change: planned.change };
      if (source !== null) await this.#state.record("connectome.edited", source, record);
      await brain.runner.apply(planned.patch, planned);
      brain.connectome = planned.connectome;
      if (planned.isStructural) {
        brain.structure++;
        this.#state.hub.reset();
      }
      return planned;
    };
    const planned = "live" in change ? await this.#live(brain, change.live, put) : await this.#genome(brain, change.splices, asked, put);
    const part: EditPart = { change: planned.change, summary: planned.summary, ...(planned.kept ? { kept: planned.kept } : {}) };
    const { clock, createId } = this.#state.ports;
    keep(brain, part, { via, group, joins, time: clock.time(), id: createId() });
    forgetOldest(brain);
    if (open) open.step = brain.undo.at(-1) ?? null;
    brain.checkpointDue = true;
    const { generation } = brain;
    if (planned.isStructural) announcer.announce({ type: "connectome.replaced", generation });
    else announcer.announce({ type: "connectome.changed", generation, areas: planned.summary.areas.changed });
    announcer.announce({ type: "problems.changed" });
    this.#state.announceStatus();
    return part;
  }

  #genome(
    brain: LivingBrain,
    splices: readonly Splice[],
    { genome, back, isCancelled }: Asked,
    put: (planned: Planned) => Promise<Planned>,
  ): Promise<Planned> {
    const after = genome ?? genomeAfter(brain.connectome.genome, splices);
    return this.#transition(brain, after, back, isCancelled, ({ summary, ...transition }) =>
      put({ ...transition, change: { splices: [...splices] }, summary: { ...summary, inGenome: true } }),
    );
  }

  async #live(brain: LivingBrain, live: LiveChange, put: (planned: Planned) => Promise<Planned>): Promise<Planned> {
    return this.#state.turns.take(() => {
      this.#stillLiving(brain);
      const { patch, connectome, change } = planChange(brain.connectome, brain.runner.engine, live);
      const isStructural = live.added.length + live.removed.length + live.made.length + live.cut.length > 0;
      return put({ change: { live: change }, patch, connectome, summary: liveSummary(live, patch), isStructural });
    });
  }

  /** Works a transition out beside the running brain and hands it to `put` in a turn in which it still holds. */
  async #transition<T>(
    brain: LivingBrain,
    after: Genome,
    back: Kept | undefined,
    isCancelled: (() => boolean) | undefined,
    put: (transition: Transition) => Promise<T>,
  ): Promise<T> {
    const { ports, turns } = this.#state;
    const driver = { clock: ports.clock, announce: () => {}, isCancelled: isCancelled ?? (() => false) };
    const { runner, connectome } = brain;
    const memory = new GrowthMemory(ports.availableMemory());
    const prepared = await drive(
      prepareTransition(connectome, after, runner.engine.neuronCount, { memory, ...(back ? { kept: back } : {}) }),
      driver,
    );
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const reading = await this.#reading(brain, prepared, driver);
      const transition = await drive(finishTransition(prepared, reading, back), driver);
      const done = await turns.take(async () => {
        const { engine } = this.#stillLiving(brain);
        return engine.synapseCount === reading.synapseCount ? { value: await put(transition) } : null;
      });
      if (done) return done.value;
    }
    return turns.take(() => put(finished(finishTransition(prepared, finished(readFor(prepared, this.#stillLiving(brain).engine)), back))));
  }

  /** Reads a fork, so that the brain need not wait. */
  async #reading(brain: LivingBrain, prepared: Prepared, driver: GrowthDriver): Promise<Reading> {
    const twin = await this.#state.turns.take(() => this.#stillLiving(brain).engine.fork());
    try {
      return await drive(readFor(prepared, twin), driver);
    } finally {
      twin.dispose();
    }
  }

  #stillLiving(brain: LivingBrain): LivingBrain["runner"] {
    if (this.#state.brain === brain) return brain.runner;
    throw new LabError("E_CONFLICT", "Another brain was loaded meanwhile", {}, "Repeat the edit there if it is still wanted.");
  }
}

interface Asked {
  change: EditChange;
  via: EditVia;
  group: string;
  /** Null: the event is in the store already. */
  source: string | null;
  joins?: boolean;
  /** The genome after, where it has been read. */
  genome?: Genome;
  /** What the edit that is taken back took out. */
  back?: Kept | undefined;
  isCancelled?: (() => boolean) | undefined;
}

function genomeAfter(genome: Genome, splices: readonly Splice[]): Genome {
  const text = spliced(genome.source, splices);
  if (text === null)
    throw new LabError("E_CONFLICT", "The genome holds something else at the place of this edit", {}, "Undo what was edited since.");
  const parsed = parseGenome(text, { strict: genome.strict });
  if (parsed.ok) return parsed.genome;
  const [first] = parsed.problems;
  throw new LabError("E_CONFLICT", `The genome would not load: ${first?.message}`, { problems: parsed.problems }, first?.fix);
}
