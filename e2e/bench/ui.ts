/**
 * `npm run bench -- ui [--minutes 5] [--only start,palette,…] [--json] [--check]`: the budgets of the window, measured in a real
 * Chromium over `gyrus serve`. `--check` fails when one is exceeded. CHROMIUM_PATH picks the browser, GYRUS_CHROMIUM_ARGS its switches.
 * `npm run soak` is the heap's row for an hour.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../root.ts";
import { type BenchLab, openBenchLab, picture } from "./bench-lab.ts";
import { heapOver, mostHeapSlope } from "./heap.ts";
import { msUntil, msUntilAnotherBurst } from "./moments.ts";
import { cpuMsOfDescendants } from "./processes.ts";
import { measureScene } from "./scene.ts";

interface Row {
  what: string;
  value: number;
  unit: string;
  /** Most, or where `isRate` least. */
  budget: number;
  isRate?: boolean;
  note?: string;
}

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    genome: { type: "string", default: join(root, "resources/genomes/essential.json") },
  },
});

/** Times a thing is done; the figure is the median, or the 95th of 100. */
const repeat = 12;
/** The figure is the median of so many stretches: the browser collects now and then what acts before left behind. */
const idleStretches = 7;
const idleMs = 4000;
/** Between two acts: a person's pace, so that none is timed with the end of the one before. */
const paceMs = 300;
const filteredAreas = 500;
const rows: Record<string, (open: BenchLab) => Promise<Row[]>> = {
  start: async ({ start }) => [
    { what: "first paint", value: start.firstPaintMs, unit: "ms", budget: 1500 },
    { what: "usable", value: start.usableMs, unit: "ms", budget: 2500 },
  ],
  palette,
  selection,
  scrub,
  idle,
  filter,
  heap,
};

const wanted = options.only?.split(",") ?? [...Object.keys(rows), "scene"];
const unknown = wanted.filter((name) => !(name in rows) && name !== "scene");
if (unknown.length > 0) throw new Error(`No such row: ${unknown.join(", ")}. There are ${[...Object.keys(rows), "scene"].join(", ")}.`);

const measured: Row[] = [];
if (wanted.includes("scene")) measured.push(...(await sceneRows()));
const inLab = wanted.filter((name) => name in rows);
let browser = "";
if (inLab.length > 0) {
  const open = await openBenchLab(options.genome);
  browser = open.browser;
  try {
    for (const name of inLab) measured.push(...(await rows[name]!(open)));
  } finally {
    await open.close();
  }
}
tell(measured);

async function palette({ page }: BenchLab): Promise<Row[]> {
  const times = [];
  for (let i = 0; i < repeat; i++) {
    times.push(await msUntil(page, "keydown", [{ selector: "[role=dialog] input" }], () => page.keyboard.press("ControlOrMeta+k")));
    await page.waitForTimeout(paceMs);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.waitForTimeout(paceMs);
  }
  return [{ what: "palette", value: median(times), unit: "ms", budget: 50 }];
}

/**
 * From the end of the click in the explorer (a press may still become a drag) until explorer and inspector show the area and the
 * scene has drawn it. The hand is there before, as a person's is.
 */
async function selection({ page, lab, call }: BenchLab): Promise<Row[]> {
  const areas = await call<{ id: string; name: string }[]>("connectome.listAreas", {});
  const names = areas.filter(({ name }) => areas.filter((other) => other.name.includes(name)).length === 1).slice(0, 2);
  if (names.length < 2) throw new Error("This genome has too few areas to select one after another");
  const times = [];
  for (let i = 0; i < repeat; i++) {
    const { name } = names[i % 2]!;
    const row = page.getByRole("row", { name: new RegExp(name) }).last();
    await row.scrollIntoViewIfNeeded();
    await row.hover();
    await page.mouse.down();
    await page.waitForTimeout(100);
    const sights = [
      { selector: "[role=row][aria-selected=true]", text: name },
      { selector: "h2", text: name },
    ];
    times.push(await msUntil(page, "pointerup", sights, () => page.mouse.up()));
    await page.waitForTimeout(paceMs);
  }
  await lab.inspector.waitFor();
  return [{ what: "selection to all views", value: median(times), unit: "ms", budget: 50 }];
}

/** A drag along the timeline over bursts whose frames the window holds. */
async function scrub({ page, lab, call }: BenchLab): Promise<Row[]> {
  await call("brain.run", { rateHz: 20 });
  await page.waitForTimeout(8000);
  await call("brain.pause", {});
  const strip = (await lab.show("Timeline")).getByRole("slider");
  const box = await strip.boundingBox();
  if (!box) throw new Error("The timeline has no strip");
  const y = box.y + box.height / 2;
  const right = box.x + box.width - 2;
  await page.mouse.move(right, y);
  await page.mouse.down();
  const times: number[] = [];
  for (let step = 1; step <= 40; step++) {
    const ms = await msUntilAnotherBurst(page, () => page.mouse.move(right - (step * box.width) / 100, y));
    if (ms !== null) times.push(ms);
  }
  await page.mouse.up();
  const seekStart = performance.now();
  await call("time.goTo", { burst: 60 });
  const seekMs = performance.now() - seekStart;
  return [
    { what: "scrub, p95 of the picture", value: percentile(times, 0.95), unit: "ms", budget: 100, note: `${times.length} pictures` },
    { what: "going to a recorded burst", value: seekMs, unit: "ms", budget: 500, note: "the brain itself, from a keyframe" },
  ];
}

/** Lab and browser together, paused, in shares of one core. */
async function idle({ page, call }: BenchLab): Promise<Row[]> {
  await call("brain.pause", {});
  await page.waitForTimeout(10_000);
  const shares: number[] = [];
  for (let i = 0; i < idleStretches; i++) {
    const before = cpuMsOfDescendants();
    await page.waitForTimeout(idleMs);
    shares.push(((cpuMsOfDescendants() - before) / idleMs) * 100);
  }
  return [{ what: "idle", value: median(shares), unit: "% of a core", budget: 2, note: "host and browser" }];
}

async function filter({ page, call }: BenchLab): Promise<Row[]> {
  const regions = await call<{ id: string; parent: string | null }[]>("connectome.listRegions", {});
  const region = regions.find(({ parent }) => parent !== null)?.id;
  if (region === undefined) throw new Error("This genome has no region to add areas to");
  const had = (await call<unknown[]>("connectome.listAreas", {})).length;
  const count = Math.max(0, filteredAreas - had);
  const edits = Array.from({ length: count }, (_, i) => ({
    kind: "createArea",
    area: btoa(`cF${String(i).padStart(4, "0")}__`),
    areaKind: "custom",
    region,
    name: `F${i} added`,
    dimensions: [2, 2, 1],
    position: [i * 3, -40, 0],
  }));
  if (count > 0) await call("connectome.apply", { edits, group: "Areas to filter" });
  const box = page.getByRole("searchbox", { name: "Filter areas" });
  await box.fill(`F${count - 1} added`);
  await page.getByRole("row", { name: `F${count - 1} added` }).waitFor({ timeout: 30_000 });
  const times = [];
  for (let i = 0; i < repeat; i++) {
    const digit = String(3 + (i % 7)); // those with 0 to 2 are in sight before the key
    await box.fill("F4");
    await page.waitForTimeout(paceMs);
    times.push(await msUntil(page, "input", [{ selector: "[role=row]", text: `F4${digit}` }], () => box.press(digit), false));
    await box.fill("");
  }
  return [{ what: `filter of ${filteredAreas} areas`, value: median(times), unit: "ms", budget: 16, note: "until the rows are there" }];
}

/** The window beside a brain that runs with input. */
async function heap({ page, cdp, call }: BenchLab): Promise<Row[]> {
  const areas = await call<{ id: string; kind: string; neurons: number; parameters: { firingThreshold: number } }[]>(
    "connectome.listAreas",
    {},
  );
  const input = areas.filter(({ kind }) => kind === "input").sort((a, b) => b.neurons - a.neurons)[0];
  if (input) {
    const amplitude = Math.max(1, Math.ceil(input.parameters.firingThreshold));
    await call("stimulus.poisson", { area: input.id, probability: 0.02, amplitude });
  }
  await call("brain.run", { rateHz: 30 });
  const minutes = Number(options.minutes);
  const { slope, megabytes, residentSlope } = await heapOver(page, cdp, minutes);
  await call("brain.pause", {});
  const note = `${minutes} min at 30 Hz, now ${megabytes.toFixed(1)} MB; all processes ${residentSlope.toFixed(2)} MB/min, with the recording`;
  return [{ what: "heap of the window", value: slope, unit: "MB/min", budget: mostHeapSlope, note }];
}

interface Pace {
  picturesPerSecond: number;
}
interface SceneFigures {
  card: string;
  firing: number;
  bytesPerBurst: number;
  scatter: { threadMs: { p50: number }; wholeMs: { p50: number } };
  draw: { threadMs: { p50: number }; wholeMs: { p50: number } };
  flatOut: Pace;
  live: Pace;
  activity: string;
}

/** The two tiers of the scene by themselves; 1.2 M firings only where a graphics card draws. */
async function sceneRows(): Promise<Row[]> {
  const small = { firing: 100_000, voxels: 1_048_576, areas: 4, bursts: 30, activity: "software", ...picture };
  const tier = (await measureScene(small)) as SceneFigures;
  const found = [
    {
      what: "100 K firings, software tier",
      value: tier.live.picturesPerSecond,
      unit: "pictures/s",
      budget: 10,
      isRate: true,
      note: tier.card,
    },
  ];
  if (/swiftshader|llvmpipe|software/i.test(tier.card)) return found;
  const big = (await measureScene({})) as SceneFigures;
  return [
    ...found,
    { what: `${big.firing} firings`, value: big.flatOut.picturesPerSecond, unit: "pictures/s", budget: 30, isRate: true, note: big.card },
    { what: "  bytes to the card", value: big.bytesPerBurst / 1e6, unit: "MB/burst", budget: 5 },
    { what: "  scatter", value: big.scatter.wholeMs.p50, unit: "ms", budget: 8 },
    { what: "  draw", value: big.draw.wholeMs.p50, unit: "ms", budget: 16 },
    { what: "  window's thread", value: big.scatter.threadMs.p50 + big.draw.threadMs.p50, unit: "ms", budget: 4 },
  ];
}

function tell(found: readonly Row[]): void {
  const isMet = ({ value, budget, isRate }: Row) => (isRate ? value >= budget : value <= budget);
  if (options.json)
    process.stdout.write(`${JSON.stringify({ browser, rows: found.map((row) => ({ ...row, met: isMet(row) })) }, null, 2)}\n`);
  else {
    const number = (value: number) => value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : 0 });
    for (const row of found) {
      const { what, value, unit, budget, isRate, note } = row;
      const limit = `${isRate ? "≥" : "≤"} ${number(budget)}`;
      process.stdout.write(
        `${isMet(row) ? "ok  " : "MISS"} ${what.padEnd(34)} ${number(value).padStart(8)} ${unit.padEnd(12)} ${limit.padEnd(8)} ${note ?? ""}\n`,
      );
    }
  }
  if (options.check && !found.every(isMet)) process.exitCode = 1;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
