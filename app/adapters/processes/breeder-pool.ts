/**
 * Breeders as child processes, one birth each at a time. A process that dies is replaced and its birth repeated once; a child whose trial
 * fells two processes is born without one and has failed. Which process bears a child makes no difference to it.
 */
import { type ChildProcess, fork } from "node:child_process";
import { LabError } from "#contracts/errors.ts";
import type { Experiment } from "#contracts/evolution.ts";
import { bytesText } from "#core/development/memory.ts";
import type { Born } from "#core/evolution/birth.ts";
import type { BirthOrder, BreederPool, BreederSupply } from "#services/ports.ts";

/** What a process takes beside its brain: 270 MB were seen, most of them garbage that Node is in no hurry to collect. */
const PROCESS_BYTES = 300e6;
/** Of a birth: after the second its trial is left out, the third is a fault of ours. */
const MOST_DEATHS = 3;

/** What a breeder is sent: first what is bred, then births. It answers each birth by a Born. */
export type BreederRequest = { experiment: Experiment; genomes: readonly string[] } | BirthOrder;

export interface BreederProgram {
  program: string;
  cores: number;
  availableMemory(): number;
}

export function createBreeders({ program, cores, availableMemory }: BreederProgram): BreederSupply {
  return {
    open(experiment, genomes) {
      const { trial, memoryMegabytes, workers } = experiment;
      const budget = memoryMegabytes === undefined ? availableMemory() / 2 : memoryMegabytes * 1e6;
      const each = trial.brainMegabytes * 1e6 + PROCESS_BYTES;
      if (budget < each) {
        const message = `One breeder takes ${bytesText(each)}, and there is room for ${bytesText(budget)}`;
        throw new LabError("E_INVALID", message, { place: "memoryMegabytes" }, "Raise memoryMegabytes, or lower trial.brainMegabytes.");
      }
      return new Pool(program, { experiment, genomes }, Math.min(workers ?? cores, Math.floor(budget / each)));
    },
  };
}

class Pool implements BreederPool {
  readonly workers: number;
  readonly #program: string;
  readonly #task: BreederRequest;
  readonly #children = new Set<ChildProcess>();
  readonly #idle: ChildProcess[] = [];
  #cancel: ((error: LabError) => void) | null = null;
  #isClosed = false;

  constructor(program: string, task: BreederRequest, workers: number) {
    this.#program = program;
    this.#task = task;
    this.workers = workers;
  }

  bear(orders: readonly BirthOrder[]): Promise<Born[]> {
    if (this.#isClosed) return Promise.reject(cancelled());
    return new Promise((resolve, reject) => {
      const born: Born[] = [];
      const waiting = orders.map((_, at) => at).reverse();
      const deaths = orders.map(() => 0);
      const ends = orders.map(() => "");
      let left = orders.length;
      if (left === 0) return resolve([]);
      this.#cancel = reject;
      const work = () => {
        const at = this.#isClosed ? undefined : waiting.pop();
        if (at === undefined) return;
        const child = this.#idle.pop() ?? this.#start();
        const hasFailed = deaths[at]! >= MOST_DEATHS - 1;
        const listen = (message: unknown) => {
          child.off("exit", died);
          this.#idle.push(child);
          const failure = { failure: `its trial ended two breeders (${ends[at]})` };
          born[at] = { ...(message as Born), ...(hasFailed ? { outcome: failure } : {}) };
          if (--left === 0) resolve(born);
          work();
        };
        const died = (code: number | null, signal: string | null) => {
          child.off("message", listen);
          ends[at] = signal ?? `code ${code}`;
          if (++deaths[at]! < MOST_DEATHS) waiting.push(at);
          else reject(unborn(orders[at]!.birth.id, ends[at]!));
          work();
        };
        child.once("message", listen).once("exit", died);
        const { birth, isToBeJudged } = orders[at]!;
        this.#send(child, { birth, isToBeJudged: isToBeJudged && !hasFailed });
      };
      for (let n = Math.min(this.workers, orders.length); n > 0; n--) work();
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
    child.on("error", () => {});
    this.#send(child, this.#task);
    return child;
  }

  /** A message that could not be sent is followed by the exit. */
  #send(child: ChildProcess, request: BreederRequest): void {
    child.send(request, () => {});
  }
}

function unborn(id: string, end: string): LabError {
  return new LabError("E_ENGINE", `Individual ${id} ended three breeders (${end})`, { id }, "Go on with the experiment after a restart.");
}

function cancelled(): LabError {
  return new LabError("E_CANCELLED", "The breeding was stopped", {});
}
