/**
 * Finds the native engine, loads it, and lets it show that it computes what it should before anybody relies on it.
 *
 * Places in order: every directory of GYRUS_NATIVE_PATH, the packaged resources, the local build. The first that holds the file
 * is taken; if that one is no good it is an error, not a reason to look on. GYRUS_FORCE_REFERENCE=1 (alias SYNAPSE_FORCE_PYTHON=1)
 * loads nothing at all.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { LabError } from "#contracts/errors.ts";
import type { Engine } from "#core/engine/engine.ts";
import { NATIVE_ABI_VERSION, type NativeAddon } from "./native-addon.ts";
import { createNativeEngine, type Faults, type NativeEngineOptions } from "./native-engine.ts";
import { failedSelfTest } from "./self-test.ts";

/** A self-test takes milliseconds; longer than this and the module is not the fast engine it claims to be. */
const SELF_TEST_LIMIT_MS = 2000;

export interface NativePlaces {
  env: Readonly<Record<string, string | undefined>>;
  /** Where the packaged app keeps the module; none outside a package. */
  resourceDirectory?: string | undefined;
  /** The `native` folder of a source tree; none in a package. */
  buildDirectory?: string | undefined;
}

export interface NativeModule {
  path: string;
  simdLevel: string;
  addon: NativeAddon;
  createEngine(options: NativeEngineOptions): Engine;
}

const forcing = ["GYRUS_FORCE_REFERENCE", "SYNAPSE_FORCE_PYTHON"] as const;

/** The variable that forces the reference engine on everything, null when none does. */
export function forcedReference(env: NativePlaces["env"]): string | null {
  return forcing.find((name) => env[name] === "1") ?? null;
}

/** Throws E_NATIVE_NOT_FOUND with `details.tried` when no module can serve. */
export function loadNative({ env, resourceDirectory, buildDirectory }: NativePlaces): NativeModule {
  const forcedBy = forcedReference(env);
  if (forcedBy) throw notFound(`the reference engine is forced by ${forcedBy}`, []);
  const file = `engine.${process.platform}-${process.arch}.node`;
  const listed = (env.GYRUS_NATIVE_PATH ?? "").split(delimiter);
  const directories = [...listed, resourceDirectory, buildDirectory].filter((place) => place !== undefined && place !== "");
  const tried = directories.map((directory) => join(directory as string, file));
  const path = tried.find((place) => existsSync(place));
  if (path === undefined) throw notFound("no native engine module was found", tried);
  const until = tried.slice(0, tried.indexOf(path) + 1);
  const addon = openAddon(path, until);
  const faults = faultsOf(env);
  return { path, simdLevel: addon.simdLevel(), addon, createEngine: (options) => createNativeEngine(addon, options, faults) };
}

function openAddon(path: string, tried: string[]): NativeAddon {
  let addon: NativeAddon;
  try {
    addon = createRequire(import.meta.url)(path) as NativeAddon;
  } catch (error) {
    throw notFound("the native engine module does not load", tried, error);
  }
  const abi = typeof addon.abiVersion === "function" ? addon.abiVersion() : undefined;
  if (abi !== NATIVE_ABI_VERSION) {
    throw notFound(`the native engine module has ABI version ${abi}, this lab needs ${NATIVE_ABI_VERSION}`, tried);
  }
  const started = performance.now();
  let failed: string | undefined;
  try {
    failed = failedSelfTest(createNativeEngine(addon, { threads: 1 }));
  } catch (error) {
    throw notFound("the native engine module broke down in its self-test", tried, error);
  }
  if (failed !== undefined) throw notFound(`the native engine module failed its self-test "${failed}"`, tried);
  const tookMs = performance.now() - started;
  if (tookMs > SELF_TEST_LIMIT_MS) throw notFound(`the native engine module took ${Math.round(tookMs)} ms for its self-test`, tried);
  return addon;
}

function faultsOf(env: NativePlaces["env"]): Faults {
  const failAt = Number(env.GYRUS_TEST_NATIVE_FAIL_AT);
  return { delayMs: Number(env.GYRUS_TEST_NATIVE_DELAY_MS) || 0, failAtBurst: failAt > 0 ? failAt : undefined };
}

function notFound(reason: string, tried: string[], cause?: unknown): LabError {
  const message = `The native engine is not available: ${reason}`;
  return new LabError("E_NATIVE_NOT_FOUND", message, { tried, reason }, "Build it with `node scripts/build-native.mjs`.", cause);
}
