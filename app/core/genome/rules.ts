/** Typed mapping rules. A rule that cannot be read is left out as a repair; its neighbours stay. Source: spec/genome.md section 4. */
import type { MappingRule } from "#contracts/connectome.ts";
import type { Findings } from "./findings.ts";
import { describeNode, type JsonNode, type JsonObject } from "./json.ts";
import { extrasOf } from "./values.ts";

/** Keys of a rule in the order of the list form. */
export const ruleKeys = [
  "morphology_id",
  "morphology_scalar",
  "postSynapticCurrent_multiplier",
  "plasticity_flag",
  "plasticity_constant",
  "ltp_multiplier",
  "ltd_multiplier",
  "plasticity_window",
  "synaptic_delay_bursts",
] as const;

const readKeys: ReadonlySet<string> = new Set([...ruleKeys, "synapse_attractivity"]);

/** `schema` is the one the document was written in: version 2 has no plasticity window. */
export function readRule(rule: JsonObject, schema: number, strict: boolean, findings: Findings): MappingRule | undefined {
  const wrong = (key: string, expected: string): undefined => {
    const node = rule.members.get(key);
    const message = `${key} of a mapping rule must be ${expected}; the rule is left out.`;
    findings.repair(node && node.start >= 0 ? node : rule, { code: "RULE_VALUE", message, expected, found: describeNode(node) });
    return undefined;
  };
  const number = (key: string, fallback: number): number | undefined => {
    const node = rule.members.get(key);
    if (!node || node.kind === "null") return fallback;
    return node.kind === "number" && Number.isFinite(Math.fround(node.value)) ? node.value : wrong(key, "a number up to 3.4e38");
  };
  const name = rule.members.get("morphology_id");
  if (name?.kind !== "string" || name.value === "") return wrong("morphology_id", "the name of a morphology");
  const scalar = readScalar(rule.members.get("morphology_scalar"));
  if (scalar === undefined) return wrong("morphology_scalar", "an integer or a list of three");
  const flag = rule.members.get("plasticity_flag");
  if (flag && flag.kind !== "boolean" && flag.kind !== "null") return wrong("plasticity_flag", "true or false");
  const plastic = flag?.kind === "boolean" && flag.value;
  const multiplier = number("postSynapticCurrent_multiplier", 1);
  const plasticityConstant = number("plasticity_constant", 0);
  const ltpMultiplier = number("ltp_multiplier", 0);
  const ltdMultiplier = number("ltd_multiplier", 0);
  const window = number("plasticity_window", 0);
  const delay = number("synaptic_delay_bursts", 1);
  const attractivity = number("synapse_attractivity", 100);
  if (multiplier === undefined || plasticityConstant === undefined || ltpMultiplier === undefined || ltdMultiplier === undefined)
    return undefined;
  if (window === undefined || delay === undefined || attractivity === undefined) return undefined;
  return {
    morphology: name.value,
    scalar,
    multiplier,
    plastic,
    plasticityConstant,
    ltpMultiplier,
    ltdMultiplier,
    plasticityWindow: plastic && !strict && schema < 3 ? plasticWindow(window, rule, findings) : window,
    delayBursts: strict ? delay : wholeDelay(delay, rule, findings),
    attractivity: Math.min(100, Math.max(0, attractivity)),
    ...extrasOf(rule.members, readKeys),
  };
}

function readScalar(node: JsonNode | undefined): MappingRule["scalar"] | undefined {
  if (!node || node.kind === "null") return [1, 1, 1];
  if (node.kind === "number") return node.value;
  if (node.kind !== "array") return undefined;
  const entries: (number | string)[] = [];
  for (const item of node.items) {
    if (item.kind !== "number" && item.kind !== "string") return undefined;
    entries.push(item.value);
  }
  return entries;
}

/** Python FEAGI has no window at all, and a window of 0 later costs the source area its synapses; one burst is the least. */
function plasticWindow(window: number, rule: JsonObject, findings: Findings): number {
  if (window >= 1) return window;
  const message = "A plastic rule has no plasticity window; a window of 1 burst is used.";
  findings.repair(rule, { code: "PLASTICITY_WINDOW", message, expected: "a window of at least 1 burst", found: String(window) });
  return 1;
}

function wholeDelay(delay: number, rule: JsonObject, findings: Findings): number {
  if (Number.isInteger(delay) && delay >= 1) return delay;
  const used = Math.max(1, Math.round(delay) || 1);
  const message = `A synaptic delay of ${delay} bursts is not possible; ${used} is used.`;
  findings.repair(rule, { code: "DELAY_RANGE", message, expected: "a whole number of bursts, at least 1", found: String(delay) });
  return used;
}
