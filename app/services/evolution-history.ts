/**
 * Experiments as the event store holds them. A generation is stored as who was born of whom and what each was worth, and its champion as
 * text; all other genomes follow from the seed, so breeding again gives them back.
 */
import type { EvolutionStatus, Experiment, GenerationReport, Judged } from "#contracts/evolution.ts";
import type { EventStore } from "./ports.ts";

const PAGE = 1000;

/** Data of `evolution.started`. */
export interface StartedData {
  id: string;
  experiment: Experiment;
  /** Texts of the founders. */
  genomes: string[];
}

/** Data of `evolution.generation`. */
export interface GenerationData {
  id: string;
  report: GenerationReport;
  /** Those born in this generation. */
  judged: Judged[];
  /** Text of the best genome. */
  champion: string;
}

type EndState = Exclude<EvolutionStatus["state"], "running">;

/** One experiment: what was asked and what has happened. */
export interface EvolutionRecord extends StartedData {
  state: EvolutionStatus["state"];
  failure: string | null;
  reports: GenerationReport[];
  /** Everybody ever judged, by id. */
  judged: Map<string, Judged>;
  champion: string | null;
  workers: number;
}

export class EvolutionHistory {
  readonly #events: EventStore;
  #records: Map<string, EvolutionRecord> | null = null;

  constructor(events: EventStore) {
    this.#events = events;
  }

  /** The oldest first. What was running when its process ended is paused. */
  get records(): ReadonlyMap<string, EvolutionRecord> {
    this.#records ??= this.#read();
    return this.#records;
  }

  async start(data: StartedData, source: string, workers: number): Promise<EvolutionRecord> {
    const { records } = this;
    await this.#events.append([{ type: "evolution.started", source, data }]);
    const record = recordOf(data, "running", workers);
    (records as Map<string, EvolutionRecord>).set(data.id, record);
    return record;
  }

  async generation(record: EvolutionRecord, data: GenerationData): Promise<void> {
    await this.#events.append([{ type: "evolution.generation", source: "evolution", data }]);
    addGeneration(record, data);
  }

  async change(record: EvolutionRecord, state: EvolutionStatus["state"], source: string, failure: string | null = null): Promise<void> {
    const type = state === "running" ? "evolution.resumed" : `evolution.${state}`;
    await this.#events.append([{ type, source, data: { id: record.id, failure } }]);
    record.state = state;
    record.failure = failure;
  }

  #read(): Map<string, EvolutionRecord> {
    const records = new Map<string, EvolutionRecord>();
    for (const data of this.#all<StartedData>("evolution.started")) records.set(data.id, recordOf(data, "paused", 0));
    for (const data of this.#all<GenerationData>("evolution.generation")) {
      const record = records.get(data.id);
      if (record) addGeneration(record, data);
    }
    for (const state of ["finished", "cancelled", "failed"] as const satisfies EndState[]) {
      for (const { id, failure } of this.#all<{ id: string; failure: string | null }>(`evolution.${state}`)) {
        const record = records.get(id);
        if (record) Object.assign(record, { state, failure });
      }
    }
    return records;
  }

  *#all<T>(type: string): Generator<T> {
    for (let after = 0; ; ) {
      const page = this.#events.read({ after, limit: PAGE, type });
      for (const { data } of page) yield data as T;
      if (page.length < PAGE) return;
      after = page.at(-1)!.seq;
    }
  }
}

export function statusOf({ id, experiment, state, failure, reports, workers }: EvolutionRecord): EvolutionStatus {
  return { id, name: experiment.name, seed: experiment.seed, state, failure, generations: reports, workers };
}

function recordOf(data: StartedData, state: EvolutionRecord["state"], workers: number): EvolutionRecord {
  return { ...data, state, failure: null, reports: [], judged: new Map(), champion: null, workers };
}

function addGeneration(record: EvolutionRecord, { report, judged, champion }: GenerationData): void {
  record.reports.push(report);
  for (const one of judged) record.judged.set(one.id, one);
  record.champion = champion;
}
