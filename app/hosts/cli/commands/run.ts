/** gyrus run GENOME|BRAIN|NETWORK --bursts N: headless, deterministic, as fast as the engine goes. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Command } from "commander";
import { LabError } from "#contracts/errors.ts";
import { readFrameHeader, readFrameSections } from "#contracts/frame.ts";
import { type Engine, roomyFrame } from "#core/engine/engine.ts";
import { MemoryRunner } from "#core/plasticity/memory-runner.ts";
import { engineChoices, makeEngine } from "../engines.ts";
import { imageOf, isNetwork, type OpenedBrain, type OpenedNetwork, oneOf, openRunnable, wholeNumber } from "../inputs.ts";
import { type GrowthFlags, growthSettings, withGrowthOptions } from "../options.ts";
import { print, printJson, printTable, progressBar } from "../output.ts";
import { readStimulation, type Stimulation } from "../stimulation.ts";

interface RunFlags extends GrowthFlags {
  bursts: string;
  engine: string;
  threads: string;
  stimulate?: string;
  raster?: string;
  json?: boolean;
}

export function runCommand(program: Command): void {
  withGrowthOptions(program.command("run <brain>"))
    .description("run a genome, brain file or network headless")
    .requiredOption("--bursts <n>", "how many bursts")
    .option("--engine <engine>", engineChoices.join(", "), "auto")
    .option("--threads <n>", "threads of the native engine", "1")
    .option("--stimulate <input>", "poisson:AREA:HZ[:POTENTIAL], or a CSV of burst,neuron,potential")
    .option("--raster <file>", "write burst,neuron rows of every spike")
    .option("--json", "one JSON document on standard output")
    .action(async (path: string, flags: RunFlags) => {
      const settings = growthSettings(flags);
      const bursts = wholeNumber(flags.bursts, "--bursts");
      const opened = await openRunnable(path, settings);
      const engine = makeEngine(oneOf(flags.engine, engineChoices, "--engine"), wholeNumber(flags.threads, "--threads", 1));
      engine.load(imageOf(opened));
      if (!isNetwork(opened)) engine.apply(opened.connectome.switchOn);
      if (!isNetwork(opened) && opened.snapshot) engine.restore(opened.snapshot);
      const stimulation = flags.stimulate ? await readStimulation(flags.stimulate, opened, settings.seed) : null;
      const result = await runBursts(engine, opened, bursts, stimulation, flags.raster);
      engine.dispose();
      if (flags.json) return printJson(result);
      printTable(["area", "firings"], Object.entries(result.firingsByArea));
      print(
        `${result.bursts} bursts on the ${result.engine} engine, ${result.firings.toLocaleString("en")} firings, ${result.burstsPerSecond.toFixed(0)} bursts/s`,
      );
      print(`raster sha256 ${result.rasterSha256}`);
    });
}

async function runBursts(
  engine: Engine,
  opened: OpenedBrain | OpenedNetwork,
  bursts: number,
  stimulation: Stimulation | null,
  rasterFile?: string,
) {
  const hash = createHash("sha256");
  const raster = rasterFile ? createWriteStream(rasterFile) : null;
  raster?.write("burst,neuron\n");
  const memory = new MemoryRunner();
  if (!isNetwork(opened) && opened.memory) memory.restore(opened.memory);
  let frame = new Uint32Array(0);
  const firings = new Map<number, number>();
  const times = new Float64Array(bursts);
  const bar = progressBar();
  const recorded = isNetwork(opened) ? opened.bursts : [];
  let total = 0;
  for (let i = 0; i < bursts; i++) {
    const own = recorded[i];
    if (own) engine.apply(own.patch);
    if (!isNetwork(opened)) memory.follow(opened.connectome, engine.burst);
    engine.apply(memory.take());
    if (stimulation) engine.apply(stimulation.patchFor(engine.burst + 1));
    frame = roomyFrame(engine, frame);
    const started = performance.now();
    engine.burstIntoSync(frame);
    memory.step(engine, frame);
    times[i] = performance.now() - started;
    const { burst, fired } = readFrameHeader(frame);
    total += fired;
    const ids: number[] = [];
    for (const section of readFrameSections(frame)) {
      firings.set(section.area, (firings.get(section.area) ?? 0) + section.ids.length);
      for (const id of section.ids) ids.push(id);
    }
    hashRaster(hash, burst, ids);
    if (
      raster &&
      ids.length > 0 &&
      !raster.write(
        ids
          .sort((a, b) => a - b)
          .map((id) => `${burst},${id}\n`)
          .join(""),
      )
    )
      await drained(raster);
    bar.show(`burst ${burst}  ${total.toLocaleString("en")} firings`, (i + 1) / bursts);
  }
  bar.end();
  if (raster) await closed(raster, rasterFile as string);
  const sorted = times.slice().sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const seconds = times.reduce((sum, ms) => sum + ms, 0) / 1000;
  return {
    bursts,
    firings: total,
    firingsByArea: Object.fromEntries([...firings].sort(([a], [b]) => a - b).map(([index, count]) => [areaName(opened, index), count])),
    burstsPerSecond: seconds > 0 ? bursts / seconds : 0,
    msPerBurst: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    engine: engine.kind,
    rasterSha256: hash.digest("hex"),
  };
}

/** Little-endian (burst, neuron) pairs, neurons ascending. */
function hashRaster(hash: ReturnType<typeof createHash>, burst: number, ids: number[]): void {
  const pairs = Buffer.alloc(ids.length * 8);
  ids.sort((a, b) => a - b);
  for (const [i, id] of ids.entries()) {
    pairs.writeUInt32LE(burst, i * 8);
    pairs.writeUInt32LE(id, i * 8 + 4);
  }
  hash.update(pairs);
}

function areaName(opened: OpenedBrain | OpenedNetwork, index: number): string {
  if (isNetwork(opened)) return String(index);
  for (const area of opened.connectome.areas.values()) if (area.index === index) return area.id;
  return String(index);
}

function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => stream.once("drain", resolve));
}

async function closed(stream: ReturnType<typeof createWriteStream>, path: string): Promise<void> {
  stream.end();
  try {
    await finished(stream);
  } catch (cause) {
    throw new LabError("E_IO", `Could not write the raster: ${(cause as Error).message}`, { path }, "Choose another file.", cause);
  }
}
