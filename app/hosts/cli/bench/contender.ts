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

/** The first turn of each is not counted. */
export async function takeTurns(contenders: Contender[], turns: number): Promise<Timed[]> {
  const timed = contenders.map(({ engine, threads }) => ({ engine, threads, ms: [] as number[], fired: 0 }));
  try {
    for (let turn = 0; turn <= turns; turn++) {
      for (const [at, contender] of contenders.entries()) {
        const { ms, fired } = await contender.turn();
        if (turn === 0) continue;
        timed[at]!.ms.push(ms);
        timed[at]!.fired += fired / turns;
      }
    }
  } finally {
    for (const contender of contenders) contender.end();
  }
  return timed;
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

export function engineContender(name: string, threads: number, make: () => Engine, { image, bursts, settling, input }: Task): Contender {
  const engine = make();
  engine.load(image);
  const frame = new Uint32Array(engine.frameWords);
  let burst = 0;
  const run = (count: number): Stretch => {
    let [ms, fired] = [0, 0];
    for (let i = 0; i < count; i++) {
      const patch = input?.(++burst);
      if (patch && patch.length > 0) engine.apply(patch);
      const started = performance.now();
      engine.burstIntoSync(frame);
      ms += performance.now() - started;
      fired += frame[frameWord.fired]!;
    }
    return { ms: ms / count, fired: fired / count };
  };
  if (settling > 0) run(settling);
  return { engine: name, threads, turn: () => run(bursts), end: () => engine.dispose() };
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
