/**
 * Whoever is timed: an engine in this process, or a program beside it, with a network loaded and settled.
 *
 * Contenders take turns, a stretch of bursts each, so that what slows the machine slows all alike. A sample is the mean of a
 * stretch: single bursts of a noisy network differ, and its quietest one is nobody's speed.
 */
import { spawn } from "node:child_process";
import { frameWord } from "#contracts/frame.ts";
import type { EngineImage } from "#contracts/network.ts";
import type { Engine } from "#core/engine/engine.ts";

/** What a stretch took and how many fired, both per burst. */
export interface Stretch {
  ms: number;
  fired: number;
}

export interface Contender {
  engine: string;
  threads: number;
  turn(): Promise<Stretch> | Stretch;
  end(): void;
}

export interface Timed {
  engine: string;
  threads: number;
  ms: number[];
  /** Mean spikes per burst. */
  fired: number;
}

/** The first turn of each is not counted. Who breaks down is told and leaves; the others go on. */
export async function takeTurns(contenders: Contender[], turns: number, note: (text: string) => void): Promise<Timed[]> {
  const timed = new Map(contenders.map((one) => [one, { engine: one.engine, threads: one.threads, ms: [] as number[], fired: 0 }]));
  for (let turn = 0; turn <= turns; turn++) {
    for (const [contender, own] of timed) {
      try {
        const { ms, fired } = await contender.turn();
        if (turn === 0) continue;
        own.ms.push(ms);
        own.fired += fired / turns;
      } catch (error) {
        note(`${own.engine} broke down: ${error instanceof Error ? error.message : error}`);
        timed.delete(contender);
        contender.end();
      }
    }
  }
  for (const contender of timed.keys()) contender.end();
  return [...timed.values()];
}

export interface Task {
  image: EngineImage;
  /** Bursts of a stretch. */
  bursts: number;
  /** Bursts that nobody times, before the first stretch. */
  settling: number;
  /** Stages the input of burst b, outside the time; null where the network drives itself. */
  input: ((burst: number) => Uint32Array) | null;
}

/** A slow engine ends its stretch here; its mean is then of fewer bursts. */
const STRETCH_MS = 1500;

export function engineContender(name: string, threads: number, make: () => Engine, { image, bursts, settling, input }: Task): Contender {
  const engine = make();
  engine.load(image);
  const frame = new Uint32Array(engine.frameWords);
  let burst = 0;
  const run = (count: number, limitMs: number): Stretch => {
    let [ms, fired, done] = [0, 0, 0];
    for (; done < count && ms < limitMs; done++) {
      const patch = input?.(++burst);
      if (patch && patch.length > 0) engine.apply(patch);
      const started = performance.now();
      engine.burstIntoSync(frame);
      ms += performance.now() - started;
      fired += frame[frameWord.fired]!;
    }
    return { ms: ms / done, fired: fired / done };
  };
  if (settling > 0) run(settling, Number.POSITIVE_INFINITY);
  return { engine: name, threads, turn: () => run(bursts, STRETCH_MS), end: () => engine.dispose() };
}

export interface Program {
  engine: string;
  command: string;
  args: string[];
  threads: number;
  env?: Record<string, string>;
}

/** What a program says before its first turn: its version, and figures of its own such as build times. */
export interface Ready {
  version: string;
  build?: Record<string, number>;
}

/**
 * A program that wires its network, says one line of JSON when it is ready, and from then on answers each line on its standard
 * input with a stretch, as one line of JSON.
 */
export async function programContender({ engine, command, args, threads, env }: Program): Promise<Contender & { ready: Ready }> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
  const lines = linesOf(child.stdout);
  let complaint = "";
  child.stderr.on("data", (chunk) => (complaint = `${complaint}${chunk}`.slice(-2000)));
  const failed = new Promise<never>((_, reject) => {
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`${engine} ended with ${code}: ${complaint.trim().split("\n").at(-1) ?? ""}`)));
  });
  failed.catch(() => {});
  child.stdin.on("error", () => {});
  const next = async () => JSON.parse(await Promise.race([lines(), failed]));
  return {
    engine,
    threads,
    ready: (await next()) as Ready,
    async turn() {
      child.stdin.write("\n");
      return (await next()) as Stretch;
    },
    end: () => void child.stdin.end(),
  };
}

function linesOf(stream: NodeJS.ReadableStream): () => Promise<string> {
  const ready: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let rest = "";
  stream.on("data", (chunk) => {
    const parts = `${rest}${chunk}`.split("\n");
    rest = parts.pop() ?? "";
    // Some modules greet before they listen.
    for (const line of parts.filter((part) => part.startsWith("{"))) {
      const taker = waiting.shift();
      if (taker) taker(line);
      else ready.push(line);
    }
  });
  return () => {
    const line = ready.shift();
    return line === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(line);
  };
}
