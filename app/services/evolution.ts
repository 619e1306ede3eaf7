/**
 * Runs experiments of evolution: says who shall be born, and has children bred and judged by processes of their own, so that the brain of
 * the lab goes on. One experiment runs at a time. What has happened is in the event store, so an experiment outlives its process.
 */
import { LabError, wireErrorOf } from "#contracts/errors.ts";
import type { EvolutionStatus, Experiment, Judged } from "#contracts/evolution.ts";
import type { Announcement } from "#contracts/wire.ts";
import type { Born } from "#core/evolution/birth.ts";
import {
  championOf,
  firstStep,
  type Generation,
  generationOf,
  judgedOf,
  nextStep,
  reportOf,
  type Strategy,
} from "#core/evolution/generation.ts";
import { type Plan, planOf } from "#core/evolution/plan.ts";
import { EvolutionHistory, type EvolutionRecord, statusOf } from "./evolution-history.ts";
import type { BreederPool, LabClock, LabPorts } from "./ports.ts";

export interface EvolutionParts extends Pick<LabPorts, "events" | "breeders" | "clock" | "createId"> {
  announce(announcement: Announcement): void;
}

interface Running {
  record: EvolutionRecord;
  pool: BreederPool;
  /** What it becomes when it is stopped. */
  stopped: "paused" | "cancelled" | null;
  ended: Promise<void>;
}

export class Evolutions {
  readonly #parts: EvolutionParts;
  readonly #history: EvolutionHistory;
  #running: Running | null = null;

  constructor(parts: EvolutionParts) {
    this.#parts = parts;
    this.#history = new EvolutionHistory(parts.events);
  }

  /** `genomes`: the texts of the experiment's genomes, in order. Everything that can be refused is refused before anything starts. */
  async start(experiment: Experiment, genomes: string[], source: string): Promise<EvolutionStatus> {
    this.#checkFree();
    const plan = planOf(experiment, genomes);
    const pool = this.#parts.breeders.open(experiment, genomes);
    const record = await this.#history.start({ id: this.#parts.createId(), experiment, genomes }, source, pool.workers);
    return this.#run(record, plan, pool, []);
  }

  /** Breeds the stored generations again, then goes on. */
  async resume(id: string | undefined, source: string): Promise<EvolutionStatus> {
    this.#checkFree();
    const record = this.record(id);
    if (record.state !== "paused" && record.state !== "failed") {
      throw new LabError("E_CONFLICT", `${record.experiment.name} is ${record.state}`, { id: record.id }, "Only what is paused goes on.");
    }
    const plan = planOf(record.experiment, record.genomes);
    const pool = this.#parts.breeders.open(record.experiment, record.genomes);
    record.workers = pool.workers;
    await this.#history.change(record, "running", source);
    return this.#run(record, plan, pool, [...record.judged.values()]);
  }

  /** The generation under way is given up; going on does it again. */
  async stop(id: string | undefined, state: "paused" | "cancelled", source: string): Promise<EvolutionStatus> {
    const record = this.record(id);
    const running = this.#running;
    if (running?.record === record) {
      running.stopped ??= state;
      running.pool.close();
      await running.ended;
    } else if (state === "cancelled" && record.state !== "finished") {
      await this.#history.change(record, state, source);
    } else if (record.state !== state) {
      throw new LabError("E_CONFLICT", `${record.experiment.name} is ${record.state}`, { id: record.id }, "Only what runs can be paused.");
    }
    return statusOf(record);
  }

  /** Resolves when the experiment has ended or was stopped. */
  async ended(id: string): Promise<EvolutionStatus> {
    if (this.#running?.record.id === id) await this.#running.ended;
    return statusOf(this.record(id));
  }

  list(): EvolutionRecord[] {
    return [...this.#history.records.values()];
  }

  /** Without an id the newest. */
  record(id: string | undefined): EvolutionRecord {
    const record = id === undefined ? this.list().at(-1) : this.#history.records.get(id);
    if (record) return record;
    const what = id === undefined ? "No experiment was started yet" : "There is no such experiment";
    throw new LabError("E_NOT_FOUND", what, { id }, "evolution.list lists them, evolution.start starts one.");
  }

  async close(): Promise<void> {
    if (this.#running) await this.stop(this.#running.record.id, "paused", "close");
  }

  #checkFree(): void {
    if (!this.#running) return;
    const { experiment, id } = this.#running.record;
    throw new LabError("E_CONFLICT", `${experiment.name} is running`, { id }, "Pause or cancel it first.");
  }

  #run(record: EvolutionRecord, plan: Plan, pool: BreederPool, known: Judged[]): EvolutionStatus {
    const { promise, resolve } = Promise.withResolvers<void>();
    const running: Running = { record, pool, stopped: null, ended: promise };
    this.#running = running;
    this.#announce(record);
    void this.#work(running, plan, known).finally(() => {
      pool.close();
      this.#running = null;
      this.#announce(record);
      resolve();
    });
    return statusOf(record);
  }

  async #work(running: Running, plan: Plan, known: Judged[]): Promise<void> {
    const { record, pool } = running;
    try {
      const isStopped = () => running.stopped !== null;
      for await (const generation of bredBy({ plan, pool, clock: this.#parts.clock, isStopped, known })) {
        const report = reportOf(generation);
        if (report.generation <= record.reports.length) continue;
        const born = generation.members.filter(({ id }) => !record.judged.has(id)).map(judgedOf);
        await this.#history.generation(record, { id: record.id, report, judged: born, champion: championOf(generation).genome });
        this.#announce(record);
      }
      await this.#history.change(record, "finished", "evolution");
    } catch (error) {
      const { code, message } = wireErrorOf(error);
      if (running.stopped !== null && code === "E_CANCELLED") await this.#history.change(record, running.stopped, "evolution");
      else await this.#history.change(record, "failed", "evolution", message);
    }
  }

  #announce(record: EvolutionRecord): void {
    const { id, experiment, state, reports } = record;
    this.#parts.announce({ type: "evolution.progress", id, name: experiment.name, state, report: reports.at(-1) ?? null });
  }
}

export interface Breeding {
  plan: Plan;
  pool: Pick<BreederPool, "bear">;
  clock: Pick<LabClock, "breathe">;
  strategy?: Strategy;
  isStopped?(): boolean;
  /** Individuals of earlier generations, which are not judged again. */
  known?: readonly Judged[];
}

/** Every generation once it was judged. Throws E_CANCELLED when it is stopped. */
export async function* bredBy({ plan, pool, clock, strategy, isStopped = () => false, known = [] }: Breeding): AsyncGenerator<Generation> {
  const told = new Map(known.map((one) => [one.id, one]));
  let step = firstStep(plan, strategy);
  for (;;) {
    const born = await pool.bear(step.births.map((birth) => ({ birth, isToBeJudged: !told.has(birth.id) })));
    const judged = born.map((one, i) => recalled(one, told.get(step.births[i]!.id)));
    const gathering = generationOf(plan, step, judged);
    let gathered = gathering.next();
    for (; !gathered.done; gathered = gathering.next()) await clock.breathe();
    if (isStopped()) throw new LabError("E_CANCELLED", "The experiment was stopped", {});
    yield gathered.value;
    const next = nextStep(plan, gathered.value, strategy);
    if (next === null) return;
    step = next;
  }
}

function recalled(born: Born, told: Judged | undefined): Born {
  if (!told) return born;
  if (told.sha256 !== born.sha256) {
    const message = `Individual ${told.id} came out another than it was: this version of Gyrus breeds otherwise`;
    throw new LabError("E_DIVERGED", message, { individual: told.id }, "Start the experiment anew.");
  }
  const outcome = told.score === null ? { failure: told.failure ?? "" } : { score: told.score, values: told.values };
  return { ...born, outcome };
}
