/** Engine-wide settings: defaults for what is missing, repairs for what cannot be. Source: spec/genome.md sections 9 and 11. */
import type { Findings } from "./findings.ts";
import type { Physiology } from "./genome.ts";
import { describeNode, type JsonNode, type JsonObject, made, plainValue } from "./json.ts";
import { ValueReader } from "./values.ts";

const precisions: Readonly<Record<string, string>> = { f32: "fp32", FP32: "fp32", f16: "fp16", FP16: "fp16", INT8: "int8" };
const knownPrecisions = ["fp32", "fp16", "int8"];

/** The physiology object with its repairs made, as signatures hash it; undefined where the document has none. */
export function repairPhysiology(node: JsonNode | undefined, findings: Findings): JsonObject | undefined {
  if (!node || node.kind === "null") return undefined;
  if (node.kind !== "object") {
    findings.refuse(node, { code: "VALUE_TYPE", message: "physiology must be an object.", expected: "an object" });
    return undefined;
  }
  const members = new Map(node.members);
  const replace = (code: string, key: string, value: JsonNode, expected: string, shown: string) => {
    const old = members.get(key);
    const message = `physiology.${key} ${describeNode(old)} -> ${shown}`;
    const quickFix = { title: `Write ${shown}`, text: JSON.stringify(plainValue(value)) };
    findings.repair(old ?? "physiology", { code, message, expected, found: describeNode(old), ...(old ? { quickFix } : {}) });
    members.set(key, value);
  };
  const timestep = members.get("simulation_timestep");
  if (timestep?.kind === "number" && timestep.value <= 0) {
    replace("TIMESTEP_RANGE", "simulation_timestep", made.real(0.025), "a number of seconds above 0", "0.025");
  }
  const age = members.get("max_age");
  if (age?.kind === "number" && age.value === 0)
    replace("MAX_AGE_ZERO", "max_age", made.integer(10_000_000), "a whole number above 0", "10000000");
  const precision = members.get("quantization_precision");
  if (precision?.kind === "string" && !knownPrecisions.includes(precision.value)) {
    const name = Object.hasOwn(precisions, precision.value) ? precisions[precision.value] : undefined;
    replace(
      name ? "PRECISION_NAME" : "PRECISION_UNKNOWN",
      "quantization_precision",
      made.text(name ?? "fp32"),
      knownPrecisions.join(", "),
      name ?? "fp32",
    );
  }
  return made.object(members);
}

export function readPhysiology(node: JsonObject | undefined, findings: Findings): Physiology {
  const values = new ValueReader(node?.members ?? new Map(), "physiology", findings);
  let timestep = values.number("simulation_timestep", values.number("burst_delay", 0.025));
  if (!(timestep > 0)) {
    const old = values.get("burst_delay");
    const message = `physiology.burst_delay ${describeNode(old)} -> 0.025`;
    findings.repair(old ?? "physiology", { code: "TIMESTEP_RANGE", message, expected: "a number of seconds above 0" });
    timestep = 0.025;
  }
  return {
    simulationTimestep: timestep,
    maxAge: values.natural("max_age", 10_000_000, Number.MAX_SAFE_INTEGER),
    evolutionBurstCount: values.natural("evolution_burst_count", 50, Number.MAX_SAFE_INTEGER),
    ipuIdleThreshold: values.natural("ipu_idle_threshold", 1000, Number.MAX_SAFE_INTEGER),
    plasticityQueueDepth: values.natural("plasticity_queue_depth", 3),
    lifespanManagementInterval: values.natural("lifespan_mgmt_interval", 10, Number.MAX_SAFE_INTEGER),
    quantizationPrecision: values.text("quantization_precision", "fp32"),
  };
}
