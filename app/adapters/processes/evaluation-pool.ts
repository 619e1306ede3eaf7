/**
 * Evaluators as child processes, one job each at a time. A process that dies is replaced and its job repeated once; a job that fells two
 * processes has failed. Which process does a job makes no difference to its outcome.
 */
import { type ChildProcess, fork } from "node:child_process";
import { LabError } from "#contracts/errors.ts";
import { bytesText } from "#core/development/memory.ts";
import type { EvaluationJob, Outcome } from "#core/evolution/evaluate.ts";
import type { EvaluationPool, EvaluatorOptions, EvaluatorSupply } from "#services/ports.ts";

/** What a process takes beside its brain. */
const PROCESS_BYTES = 120e6;

/** What an evaluator is sent, and what it answers. */
export interface EvaluatorRequest {
  at: number;
  job: EvaluationJob;
}
export interface EvaluatorAnswer {
  at: number;
  outcome: Outcome;
}

export interface EvaluatorProgram {
  /** Answers each EvaluatorRequest by an EvaluatorAnswer. */
  program: string;
  cores: number;
  availableMemory(): number;
}

export function createEvaluators({ program, cores, availableMemory }: EvaluatorProgram): EvaluatorSupply {
  return {
    open({ workers, brainBytes, memoryBytes }: EvaluatorOptions) {
      const budget = memoryBytes ?? availableMemory() / 2;
      const most = Math.floor(budget / (brainBytes + PROCESS_BYTES));
      if (most < 1) {
        const message = `One evaluator takes ${bytesText(brainBytes + PROCESS_BYTES)}, and there is room for ${bytesText(budget)}`;
        throw new LabError("E_INVALID", message, { place: "memoryMegabytes" }, "Raise memoryMegabytes, or lower trial.brainMegabytes.");
      }
      return new Pool(program, Math.min(workers ?? cores, most));
    },
  };
}

class Pool implements EvaluationPool {
  readonly workers: number;
  readonly #program: string;
  readonly #children = new Set<ChildProcess>();
  readonly #idle: ChildProcess[] = [];
  #cancel: ((error: LabError) => void) | null = null;
  #isClosed = false;

  constructor(program: string, workers: number) {
    this.#program = program;
    this.workers = workers;
  }

  evaluate(jobs: readonly EvaluationJob[]): Promise<Outcome[]> {
    if (this.#isClosed) return Promise.reject(cancelled());
    return new Promise((resolve, reject) => {
      const outcomes: Outcome[] = [];
      const waiting = jobs.map((_, at) => at).reverse();
      const deaths = jobs.map(() => 0);
      let left = jobs.length;
      if (left === 0) return resolve([]);
      this.#cancel = reject;
      const settle = (at: number, outcome: Outcome) => {
        outcomes[at] = outcome;
        if (--left === 0) resolve(outcomes);
      };
      const work = () => {
        if (this.#isClosed) return;
        const at = waiting.pop();
        const child = at === undefined ? undefined : (this.#idle.pop() ?? this.#start());
        if (at === undefined || !child) return;
        const listen = (message: unknown) => {
          child.off("exit", died);
          this.#idle.push(child);
          settle(at, (message as EvaluatorAnswer).outcome);
          work();
        };
        const died = (code: number | null, signal: string | null) => {
          child.off("message", listen);
          if (++deaths[at]! < 2) waiting.push(at);
          else settle(at, { failure: `its evaluator ended twice (${signal ?? `code ${code}`})` });
          work();
        };
        child.once("message", listen).once("exit", died);
        child.send({ at, job: jobs[at]! } satisfies EvaluatorRequest, () => {});
      };
      for (let n = Math.min(this.workers, jobs.length); n > 0; n--) work();
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const child of this.#children) child.kill();
    this.#cancel?.(cancelled());
  }

  #start(): ChildProcess {
    const child = fork(this.#program, [], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      execArgv: [],
      // Electron's own binary is a Node when it is told so.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    });
    this.#children.add(child);
    child.once("exit", () => {
      this.#children.delete(child);
      const at = this.#idle.indexOf(child);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    // A message that could not be sent is followed by the exit.
    child.on("error", () => {});
    return child;
  }
}

function cancelled(): LabError {
  return new LabError("E_CANCELLED", "The evaluation was stopped", {});
}
