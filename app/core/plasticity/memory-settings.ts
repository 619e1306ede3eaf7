/** How an area remembers, from its genome. Defaults and refusals: spec/burst-engine-extensions.md 9. */
import type { AreaParameters } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { laterProperty } from "../genome/later-properties.ts";
import type { MemoryArea } from "./pattern-memory.ts";

export interface RememberingArea {
  name: string;
  /** Dense index in the engine. */
  index: number;
  parameters: Pick<AreaParameters, "temporalDepth" | "initialLifespan" | "lifespanGrowthRate" | "longtermMemoryThreshold">;
  /** As in the genome. */
  properties: Readonly<Record<string, unknown>>;
}

/** `upstream`: indices of the areas it looks at. Refuses what has no meaning with E_INVALID. */
export function memoryAreaOf({ name, index, parameters, properties }: RememberingArea, upstream: readonly number[]): MemoryArea {
  const refuse = (path: string, message: string): never => {
    throw new LabError("E_INVALID", `${name}: ${path} ${message}`, { issues: [{ path, message }] }, "Correct it in the genome.");
  };
  const read = <T>(property: Parameters<typeof laterProperty>[1], fallback: T, is: (value: unknown) => boolean, must: string): T => {
    const value = laterProperty(properties, property) ?? fallback;
    return is(value) ? (value as T) : refuse(property, `${must}, it is ${JSON.stringify(value)}`);
  };
  const isOneOf = (values: readonly string[]) => (value: unknown) => values.includes(value as string);
  const isStep = (value: unknown) => typeof value === "number" && Number.isFinite(value) && value > 0;
  const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffffffff;
  const { temporalDepth, initialLifespan, lifespanGrowthRate, longtermMemoryThreshold: longTermThreshold } = parameters;
  const cap = read("memory_neuron_cap", 0, isCount, "must be a whole number from 0 to 4294967295");
  const eviction = read<"lru" | "none">("ltm_eviction", "lru", isOneOf(["lru", "none"]), "must be lru or none");
  const learnsPotentials = read("mp_learning_enabled", false, (value) => typeof value === "boolean", "must be true or false");
  const modes = ["none", "mp_differential", "mp_ratio"];
  const mode = read<string>("mp_change_mode", "none", isOneOf(modes), "must be none, mp_differential or mp_ratio");
  const differenceStep = read("mp_delta_quantization", 1, isStep, "must be above 0");
  const ratioStep = read("mp_ratio_quantization", 20, isStep, "must be above 0");
  if (learnsPotentials && mode !== "none") refuse("mp_change_mode", "excludes mp_learning_enabled: memories of changes have no frames");
  return {
    area: index,
    temporalDepth,
    upstream,
    initialLifespan,
    lifespanGrowthRate,
    longTermThreshold,
    cap,
    eviction,
    learnsPotentials,
    ...(mode === "mp_differential" ? { change: { by: "difference", quantization: differenceStep } } : {}),
    ...(mode === "mp_ratio" ? { change: { by: "ratio", quantization: ratioStep } } : {}),
  };
}
