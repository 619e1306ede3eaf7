/**
 * Breakpoints of the living brain: armed before a burst, judged after it. A hit that pauses stops the clock on the very burst that
 * matched. The list outlives the session; counts, hits and the notes written to them do not.
 */
import { z } from "zod";
import { Condition } from "#contracts/conditions.ts";
import { type Breakpoint, BreakpointSettings, type Hit, type LoggedHit, real } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import { areaFinder, type Connectome } from "#core/connectome/connectome.ts";
import { bindCondition, bindSynapses, isReplayable, type Names } from "#core/debug/conditions/bind.ts";
import { warmUp } from "#core/debug/conditions/search.ts";
import { Watch } from "#core/debug/conditions/watch.ts";
import type { Engine } from "#core/engine/engine.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";

const SETTING = "debug.breakpoints";
const KEPT_HITS = 10_000;
const MOST_BREAKPOINTS = 200;
/** A tracepoint that hits in every burst writes one event a second. */
const EVENT_MS = 1000;

const Saved = z.array(BreakpointSettings.extend({ id: z.string(), condition: Condition, text: z.string() }));

type Settings = z.infer<typeof BreakpointSettings>;
type Change = { [K in keyof Settings]?: Settings[K] | undefined } & { condition?: Condition; text?: string };

/** One run to a condition; not in the list. */
export interface Goal {
  condition: Condition;
  text: string;
  reached: Hit | null;
}

interface Armed {
  watch: Watch;
  breakpoints: Breakpoint[];
  connectome: Connectome;
  brainId: string;
  burst: number;
  /** Patches since that burst that are known here. */
  patches: number;
}

export class Breakpoints {
  readonly #state: LabState;
  #list: Breakpoint[] = [];
  #hits: LoggedHit[] = [];
  #lastHit = 0;
  #goal: Goal | null = null;
  #armed: Armed | null = null;
  #stale = false;
  readonly #notedMs = new Map<string, number>();

  constructor(state: LabState) {
    this.#state = state;
    const saved = Saved.safeParse(state.ports.settings.get(SETTING) ?? []);
    if (saved.success) this.#list = saved.data.map(fresh);
    else state.ports.log.warn("the saved breakpoints cannot be read", { reason: saved.error.message });
  }

  list(): Breakpoint[] {
    return this.#list;
  }

  /** Newest last. */
  hits(limit: number): LoggedHit[] {
    return this.#hits.slice(-limit);
  }

  /** An empty note takes it away. What was written stays in the events of the lab. */
  noteHit(id: number, note: string): LoggedHit {
    const hit = this.#hits.find((one) => one.id === id);
    if (!hit) throw new LabError("E_NOT_FOUND", "There is no such hit any more", { id }, "debug.hits lists them.");
    hit.note = note;
    const { breakpoint, text, burst } = hit;
    this.#state.note({ type: "debug.hitNoted", source: "user", data: { brainId: hit.timeline.id, breakpoint, text, burst, note } });
    return hit;
  }

  clearHits(): void {
    this.#hits = [];
  }

  /** `condition` names areas by id, `text` as it was written. E_CONFLICT names the breakpoint that has this condition already. */
  add(condition: Condition, text: string, settings: Settings): Breakpoint {
    this.#mustBeNew(condition);
    if (this.#list.length >= MOST_BREAKPOINTS) {
      throw new LabError("E_CONFLICT", `There are ${MOST_BREAKPOINTS} breakpoints already`, {}, "Remove some first.");
    }
    const breakpoint = fresh({ ...settings, id: this.#state.ports.createId(), condition, text });
    this.#list = [...this.#list, breakpoint];
    this.#changed();
    return breakpoint;
  }

  /** What is not given stays. */
  update(id: string, change: Change): Breakpoint {
    const old = this.#find(id);
    if (change.condition) this.#mustBeNew(change.condition, old);
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const changed = fresh({ ...old, ...Object.fromEntries(given) });
    this.#list = this.#list.map((one) => (one === old ? changed : one));
    this.#changed();
    return changed;
  }

  remove(id: string): void {
    const gone = this.#find(id);
    this.#list = this.#list.filter((one) => one !== gone);
    this.#changed();
  }

  /** The next hit of this condition pauses, once. */
  aim(condition: Condition, text: string): Goal {
    this.#goal = { condition, text, reached: null };
    this.#stale = true;
    return this.#goal;
  }

  dropAim(): void {
    this.#goal = null;
    this.#stale = true;
  }

  /** Makes ready for the next burst. In turn. */
  async arm(brain: LivingBrain): Promise<void> {
    const old = this.#armed;
    const isContinued = old !== null && old.brainId === brain.id && old.burst === brain.runner.burst;
    if (!this.#stale && (old === null ? this.#isIdle() : isContinued && old.connectome === brain.connectome)) return;
    this.#stale = false;
    if (this.#isIdle()) {
      this.#armed = null;
      return;
    }
    const { recorder } = this.#state.recording;
    const { engine } = brain.runner;
    const names = namesOf(brain.connectome);
    this.#bindSynapses(engine, isContinued ? recorder.pending.slice(old.patches) : []);
    const breakpoints = this.#list.filter((one) => one.enabled && this.#canArm(one, names));
    const conditions = breakpoints.map(({ condition }) => condition);
    if (this.#goal && this.#problemOf(this.#goal.condition, names) !== null) {
      // Its area went with an edit: it can be reached no more.
      this.#goal = null;
      this.#state.clock.halt();
    }
    if (this.#goal) conditions.push(this.#goal.condition);
    const watch = new Watch(conditions, names, hostTerms(this.#state), isContinued ? old.watch : undefined);
    if (!isContinued) await warmUp(watch, recorder, brain.runner.burst, { breathe: () => this.#state.ports.clock.breathe() });
    watch.prime(engine);
    const { id: brainId, connectome, runner } = brain;
    this.#armed = { watch, breakpoints, connectome, brainId, burst: runner.burst, patches: recorder.pending.length };
  }

  /** Judges the burst that has just run; true when it is to be the last for now. In turn. */
  judge(brain: LivingBrain, frame: Uint32Array): boolean {
    const armed = this.#armed;
    if (!armed) return false;
    const { watch, breakpoints } = armed;
    const { burst, engine } = brain.runner;
    watch.observe(frame, engine);
    armed.burst = burst;
    armed.patches = 0;
    let isPause = false;
    breakpoints.forEach((breakpoint, at) => {
      if (!watch.holds(at) || !breakpoint.enabled) return;
      breakpoint.held++;
      const isCooling = breakpoint.lastHit !== null && burst > breakpoint.lastHit && burst - breakpoint.lastHit <= breakpoint.coolDown;
      if (breakpoint.held < breakpoint.hitCount || isCooling) return;
      breakpoint.hits++;
      breakpoint.lastHit = burst;
      isPause ||= breakpoint.action === "pause";
      this.#log(this.#hitOf(breakpoint, burst, watch.terms(at)));
      if (breakpoint.once) this.update(breakpoint.id, { enabled: false });
    });
    if (this.#goal && watch.holds(breakpoints.length)) {
      this.#goal.reached = this.#hitOf({ id: "", text: this.#goal.text, action: "pause" }, burst, watch.terms(breakpoints.length));
      isPause = true;
    }
    return isPause;
  }

  #hitOf({ id, text, action }: Pick<Breakpoint, "id" | "text" | "action">, burst: number, terms: ReturnType<Watch["terms"]>): Hit {
    return { breakpoint: id, text, burst, timeline: this.#state.timeline, action, terms: realTerms(terms) };
  }

  #log(hit: Hit): void {
    const { announcer, ports } = this.#state;
    this.#hits.push({ ...hit, id: ++this.#lastHit, note: "" });
    if (this.#hits.length > KEPT_HITS * 1.25) this.#hits = this.#hits.slice(-KEPT_HITS);
    if (hit.action === "pause")
      announcer.announce({ type: "notice", severity: "info", message: `Paused at burst ${hit.burst}: ${hit.text}` });
    const now = ports.clock.nowMs();
    if (hit.action === "log" && now - (this.#notedMs.get(hit.breakpoint) ?? Number.NEGATIVE_INFINITY) < EVENT_MS) return;
    this.#notedMs.set(hit.breakpoint, now);
    this.#state.note({ type: "debug.hit", source: "clock", data: { brainId: this.#state.brain?.id, ...hit } });
  }

  #isIdle(): boolean {
    return this.#goal === null && !this.#list.some(({ enabled }) => enabled);
  }

  #canArm(breakpoint: Breakpoint, names: Names): boolean {
    breakpoint.problem = this.#problemOf(breakpoint.condition, names);
    return breakpoint.problem === null;
  }

  /** Synapses that conditions name are those of now, and stay it when others take their slots. */
  #bindSynapses(engine: Engine, patches: readonly Uint32Array[]): void {
    let isNew = false;
    for (const one of [...this.#list, ...(this.#goal ? [this.#goal] : [])]) {
      const bound = bindSynapses(one.condition, engine, patches);
      isNew ||= JSON.stringify(bound) !== JSON.stringify(one.condition);
      one.condition = bound;
    }
    if (isNew) this.#save();
  }

  /** Why a condition means nothing in this brain; null: it does. */
  #problemOf(condition: Condition, names: Names): string | null {
    try {
      bindCondition(condition, names);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #mustBeNew(condition: Condition, but?: Breakpoint): void {
    const same = this.#list.find((one) => one !== but && isSame(one.condition, condition));
    if (!same) return;
    const { id, text } = same;
    throw new LabError("E_CONFLICT", `${text} has a breakpoint already`, { breakpoint: id, text }, "Change that one, or remove it first.");
  }

  #find(id: string): Breakpoint {
    const found = this.#list.find((one) => one.id === id);
    if (!found) throw new LabError("E_NOT_FOUND", "There is no such breakpoint", { id }, "debug.list names them.");
    return found;
  }

  #changed(): void {
    this.#stale = true;
    this.#save();
  }

  #save(): void {
    this.#state.ports.settings.set(SETTING, Saved.parse(this.#list));
  }
}

function fresh(saved: z.infer<typeof Saved>[number] & Partial<Breakpoint>): Breakpoint {
  return { held: 0, hits: 0, lastHit: null, problem: null, ...saved, replayable: isReplayable(saved.condition) };
}

/** Parsed, the parts of a condition are in one order. */
const isSame = (one: Condition, other: Condition) => JSON.stringify(Condition.parse(one)) === JSON.stringify(Condition.parse(other));

export const realTerms = (terms: ReturnType<Watch["terms"]>): Hit["terms"] =>
  terms.map((term) => ({ text: term.text, value: real(term.value) }));

/** Areas of a connectome by id or, where only one bears it, by name. */
export function namesOf(connectome: Connectome): Names {
  const { areas } = connectome;
  const areaOf = areaFinder(connectome);
  return {
    area(name) {
      const found = areas.get(name);
      if (found) return found;
      const named = [...areas.values()].filter((area) => area.name === name);
      if (named.length > 1) {
        const ids = named.map(({ id }) => id).join(", ");
        throw new LabError("E_INVALID", `${named.length} areas are named ${name}`, { area: name }, `Name it by its id: ${ids}.`);
      }
      return named[0];
    },
    areaOfNeuron: (neuron) => areaOf(neuron)?.index ?? -1,
    areaNames: () => [...areas.values()].map(({ name }) => name),
  };
}

export function hostTerms({ rollout }: LabState): { diverged(): number } {
  return { diverged: () => rollout.mismatches };
}
