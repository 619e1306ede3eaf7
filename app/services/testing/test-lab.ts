/** A lab in a temporary folder: real SQLite, real clock, real reference engine; what serves as native is up to the test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ulid } from "ulid";
import { createLabFiles } from "#adapters/files/lab-files.ts";
import { createRecordingVault } from "#adapters/files/recording-vault.ts";
import { createLabClock } from "#adapters/machine/lab-clock.ts";
import { createSystemUse } from "#adapters/machine/system-use.ts";
import { neo4jSupply } from "#adapters/neo4j/open-neo4j.ts";
import { createBreeders } from "#adapters/processes/breeder-pool.ts";
import { createSecrets } from "#adapters/secrets/secrets.ts";
import { openStores, type Stores } from "#adapters/sqlite/open-stores.ts";
import type { InputOf, OutputOf } from "#contracts/command.ts";
import type { CommandGroups } from "#contracts/commands.ts";
import type { Announcement } from "#contracts/wire.ts";
import { GateSettings } from "#core/runtime/gates.ts";
import { HealthSettings } from "#core/runtime/health.ts";
import { createLab, type OpenedLab } from "../create-lab.ts";
import type { LabClock, LabPorts, NativeSupply } from "../ports.ts";
import { candidate, reference, supplyOf } from "./engines.ts";

const breeder = fileURLToPath(new URL("../../hosts/breeder/index.ts", import.meta.url));
const resources = fileURLToPath(new URL("../../../resources", import.meta.url));
export const sample = (name: string) => path.join(resources, "genomes", `${name}.json`);
export const template = (name: string) => path.join(resources, "templates", `${name}.json`);
export const experiment = (name: string) => path.join(resources, "experiments", `${name}.json`);

export interface TestLabOptions {
  folder?: string;
  native?: () => NativeSupply;
  percent?: number;
  forcedBy?: string | null;
  diedInNative?: boolean;
  health?: Partial<HealthSettings>;
  timeoutMs?: number;
  clock?: LabClock;
  availableMemory?: () => number;
}

export interface TestLab {
  lab: OpenedLab;
  ports: LabPorts;
  folder: string;
  announced: Announcement[];
  call<G extends keyof CommandGroups, V extends keyof CommandGroups[G] & string>(
    group: G,
    verb: V,
    input: InputOf<CommandGroups[G][V]>,
  ): Promise<OutputOf<CommandGroups[G][V]>>;
  /** Frees what the operating system would free if the process were killed now. */
  kill(): void;
}

const open = new Set<{ folder: string; stores: Stores | null; lab: OpenedLab }>();

export async function testLab(options: TestLabOptions = {}): Promise<TestLab> {
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), "gyrus-lab-"));
  const log = { info() {}, warn() {} };
  const stores = await openStores(folder, log);
  const ports: LabPorts = {
    ...stores,
    recordings: createRecordingVault(path.join(folder, "recording")),
    files: createLabFiles(resources),
    clock: options.clock ?? createLabClock(),
    engines: {
      reference,
      native: options.native ?? (() => supplyOf(candidate)),
      inFlight: { enter() {}, leave() {} },
      diedInNative: options.diedInNative ?? false,
    },
    breeders: createBreeders({ program: breeder, cores: 2, availableMemory: () => 2 ** 33 }),
    graphs: neo4jSupply,
    secrets: createSecrets(null),
    log,
    options: {
      exportFolder: path.join(folder, "exports"),
      checkpointSeconds: 3600,
      recording: { ramBytes: 64 << 20, diskBytes: 64 << 20 },
      rollout: {
        forcedBy: options.forcedBy ?? null,
        flag: { enabled: true, mode: "serve", rolloutPct: options.percent ?? 100 },
        gates: GateSettings.parse({}),
        health: HealthSettings.parse(options.health ?? {}),
        timeoutMs: options.timeoutMs ?? 30_000,
      },
    },
    createId: ulid,
    availableMemory: options.availableMemory ?? (() => 2 ** 33),
    doctor: async () => [],
    system: createSystemUse(folder),
  };
  const lab = createLab(ports);
  const announced: Announcement[] = [];
  lab.subscribe((announcement) => announced.push(announcement));
  const entry: { folder: string; stores: Stores | null; lab: OpenedLab } = { folder, stores, lab };
  open.add(entry);
  return {
    lab,
    ports,
    folder,
    announced,
    call: (group, verb, input) => lab.call(`${group}.${verb}`, input, { signal: { aborted: false }, source: "test" }) as never,
    kill() {
      stores.close();
      entry.stores = null;
    },
  };
}

/** A lab in which a sample genome has grown. */
export async function labWith(genome: string, options: Parameters<typeof testLab>[0] = {}): Promise<TestLab> {
  const lab = await testLab(options);
  await lab.call("genome", "load", { path: sample(genome) });
  return lab;
}

/** An area with more than one voxel that takes input. */
export async function inputArea(lab: TestLab) {
  const areas = await lab.call("connectome", "listAreas", {});
  return areas.find(({ kind, neurons }) => kind === "input" && neurons > 20)!;
}

/** For afterEach. */
export async function closeTestLabs(): Promise<void> {
  for (const { folder, stores, lab } of open) {
    if (stores) {
      await lab.close();
      stores.close();
    }
    rmSync(folder, { recursive: true, force: true });
  }
  open.clear();
}
