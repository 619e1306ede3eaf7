/**
 * Wires a brain host: a workspace of its own, the stores in it, the engines, and the lab on top.
 *
 * Environment: GYRUS_FORCE_REFERENCE=1 (alias SYNAPSE_FORCE_PYTHON=1), GYRUS_NATIVE_PATH, GYRUS_SIMD (auto, avx512,
 * avx2 or baseline), GYRUS_CHECKPOINT_SECONDS, GYRUS_NEO4J_PASSWORD. Thresholds of
 * the rollout are in resources/flags.json and, above it, in the settings `rollout.gates` and `rollout.health`.
 */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { ulid } from "ulid";
import { z } from "zod";
import { openInFlight } from "#adapters/files/in-flight.ts";
import { createLabFiles } from "#adapters/files/lab-files.ts";
import { createRecordingVault } from "#adapters/files/recording-vault.ts";
import { takeWorkspace } from "#adapters/files/workspace-lock.ts";
import { examineMachine } from "#adapters/machine/doctor.ts";
import { createLabClock } from "#adapters/machine/lab-clock.ts";
import { createSystemUse } from "#adapters/machine/system-use.ts";
import { forcedReference, loadNative, type NativePlaces } from "#adapters/native/load-native.ts";
import { askedSimd } from "#adapters/native/native-engine.ts";
import { neo4jSupply } from "#adapters/neo4j/open-neo4j.ts";
import { createBreeders } from "#adapters/processes/breeder-pool.ts";
import { createSecrets, type KeyStore } from "#adapters/secrets/secrets.ts";
import { openStores } from "#adapters/sqlite/open-stores.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { FeatureFlag } from "#core/runtime/decide.ts";
import { GateSettings } from "#core/runtime/gates.ts";
import { HealthSettings } from "#core/runtime/health.ts";
import { createLab, type OpenedLab } from "#services/create-lab.ts";
import { GRAPH_PASSWORD, graphPlaceIn } from "#services/neo4j-service.ts";
import type { LabLog, NativeSupply, RolloutOptions, SettingsStore } from "#services/ports.ts";
import { RECORDING_LIMITS } from "#services/time-service.ts";
import { breederProgram, nativePlaces, packageRoot } from "../paths.ts";

const CHECKPOINT_SECONDS = 30;
const NATIVE_TIMEOUT_MS = 30_000;

export interface BrainHostOptions {
  stateDir: string;
  log: LabLog;
  env?: NodeJS.ProcessEnv;
  /** Of this computer; null where the lab may use none. */
  keyStore?: KeyStore | null;
}

export interface BrainHost {
  lab: OpenedLab;
  /** The folder it works in: `stateDir`, or the next free one. */
  folder: string;
  /** Closes the lab, every file and the lock. */
  close(): Promise<void>;
}

export async function startBrainHost({ stateDir, log, env = process.env, keyStore = null }: BrainHostOptions): Promise<BrainHost> {
  const workspace = takeWorkspace(stateDir);
  const { folder } = workspace;
  const stores = await openStores(folder, log);
  const inFlight = openInFlight(path.join(folder, "native-in-flight"));
  const places = nativePlaces(env);
  const nowNanos = () => Number(process.hrtime.bigint());
  const secrets = createSecrets(keyStore, env.GYRUS_NEO4J_PASSWORD ? { [GRAPH_PASSWORD]: env.GYRUS_NEO4J_PASSWORD } : {});
  const lab = createLab({
    ...stores,
    recordings: createRecordingVault(stores.events.durable ? path.join(folder, "recording") : null),
    files: createLabFiles(path.join(packageRoot(), "resources")),
    clock: createLabClock(),
    engines: {
      reference: () => createReferenceEngine({ nowNanos }),
      native: () => nativeSupply(places, env),
      inFlight,
      diedInNative: inFlight.died,
    },
    breeders: createBreeders({
      program: breederProgram(),
      cores: availableParallelism(),
      availableMemory: () => process.availableMemory(),
    }),
    graphs: neo4jSupply,
    secrets,
    log,
    options: {
      exportFolder: path.join(folder, "exports"),
      checkpointSeconds: Number(env.GYRUS_CHECKPOINT_SECONDS) || CHECKPOINT_SECONDS,
      recording: recordingLimits(stores.settings, log),
      rollout: rolloutOptions(env, stores.settings, log),
    },
    createId: ulid,
    availableMemory: () => process.availableMemory(),
    doctor: async () => {
      const known = await secrets.find(GRAPH_PASSWORD);
      return examineMachine(places, { place: graphPlaceIn(stores.settings), password: known?.secret ?? null });
    },
    system: createSystemUse(folder),
  });
  return {
    lab,
    folder,
    async close() {
      await lab.close();
      stores.close();
      inFlight.close();
      workspace.release();
    },
  };
}

function nativeSupply(places: NativePlaces, env: NodeJS.ProcessEnv): NativeSupply {
  try {
    const simd = askedSimd(env);
    const native = loadNative(places);
    const create = () => native.createEngine({ threads: availableParallelism(), simd });
    return { available: true, version: `ABI ${native.addon.abiVersion()}`, simd: native.simdLevel, path: native.path, error: "", create };
  } catch (error) {
    const create = () => {
      throw error;
    };
    return { available: false, version: "", simd: "", path: "", error: (error as Error).message, create };
  }
}

/** What is recorded at most, unless the setting says otherwise. */
const RecordingLimits = z.object({
  ramBytes: z
    .int()
    .min(1)
    .default(256 << 20),
  diskBytes: z
    .int()
    .min(0)
    .default(4 * 2 ** 30),
});

function recordingLimits(settings: SettingsStore, log: LabLog): z.infer<typeof RecordingLimits> {
  const parsed = RecordingLimits.safeParse(settings.get(RECORDING_LIMITS) ?? {});
  if (!parsed.success) log.warn("a setting was left out: it does not fit", { key: RECORDING_LIMITS });
  return parsed.success ? parsed.data : RecordingLimits.parse({});
}

const Flags = z.object({ features: z.object({ burst_engine: FeatureFlag.extend({ gates: z.unknown(), health: z.unknown() }) }) });

function rolloutOptions(env: NodeJS.ProcessEnv, settings: SettingsStore, log: LabLog): RolloutOptions {
  const forcedBy = forcedReference(env);
  const asked = <T extends z.ZodType>(schema: T, shipped: unknown, key: string): z.output<T> => {
    const merged = { ...Object(shipped), ...Object(settings.get(key)) };
    const parsed = schema.safeParse(merged);
    if (!parsed.success) log.warn("a setting was left out: it does not fit", { key });
    return parsed.success ? parsed.data : schema.parse({});
  };
  let shipped: z.infer<typeof Flags>["features"]["burst_engine"] | null = null;
  try {
    shipped = Flags.parse(JSON.parse(readFileSync(path.join(packageRoot(), "resources/flags.json"), "utf8"))).features.burst_engine;
  } catch (error) {
    log.warn("resources/flags.json cannot be read: the reference engine serves", { reason: (error as Error).message });
  }
  return {
    forcedBy,
    flag: shipped && FeatureFlag.parse(shipped),
    gates: asked(GateSettings, shipped?.gates, "rollout.gates"),
    health: asked(HealthSettings, shipped?.health, "rollout.health"),
    timeoutMs: NATIVE_TIMEOUT_MS,
  };
}
