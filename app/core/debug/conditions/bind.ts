/** Names of a condition become cortical ids, so that it survives a renaming; what this lab cannot answer is refused by name. */
import type { Condition } from "#contracts/conditions.ts";
import { LabError } from "#contracts/errors.ts";
import type { Engine } from "#core/engine/engine.ts";
import { endsAfter } from "../moved-ends.ts";

export interface AreaOfCondition {
  id: string;
  name: string;
  /** In frames. */
  index: number;
  neurons: number;
}

/** What a condition's names and ids mean in one brain. */
export interface Names {
  area(nameOrId: string): AreaOfCondition | undefined;
  /** Index of a neuron's area, -1 where it is not known. */
  areaOfNeuron(neuron: number): number;
  areaNames(): readonly string[];
}

const unanswered: Record<string, string> = {
  queue: "no queue of this lab is measured by lane",
  breaker: "this lab has no circuit breakers between areas",
  emitted: "no output of this lab is decoded to what it emits; fires(A) counts the fires of an output area",
  pattern: "patterns are not kept under a name that a condition could search for",
};

/** Throws E_UNSUPPORTED for a term that cannot be answered, E_NOT_FOUND for an unknown area. */
export function bindCondition(condition: Condition, names: Names): Condition {
  if ("left" in condition) {
    return { ...condition, left: bindCondition(condition.left, names), right: bindCondition(condition.right, names) };
  }
  if (condition.op === "not") return { op: "not", value: bindCondition(condition.value, names) };
  if ("name" in condition) {
    const reason = unanswered[condition.op]!;
    throw new LabError("E_UNSUPPORTED", `${condition.op}(${condition.name}) cannot be answered: ${reason}`, { term: condition.op, reason });
  }
  return "area" in condition ? { ...condition, area: areaNamed(names, condition.area).id } : condition;
}

/**
 * The condition with the ends of its synapses: as they are, or as they are after patches where they were known. A slot without a synapse
 * stays open.
 */
export function bindSynapses(condition: Condition, engine: Pick<Engine, "synapsesIn">, patches: readonly Uint32Array[] = []): Condition {
  const bound = (part: Condition) => bindSynapses(part, engine, patches);
  if ("left" in condition) return { ...condition, left: bound(condition.left), right: bound(condition.right) };
  if (condition.op === "not") return { op: "not", value: bound(condition.value) };
  if (!("synapse" in condition)) return condition;
  if (condition.ends) return { ...condition, ends: endsAfter(condition.ends, patches) };
  const { source, target } = engine.synapsesIn(condition.synapse, condition.synapse + 1);
  return source.length === 0 ? condition : { ...condition, ends: [source[0]!, target[0]!] };
}

export function areaNamed(names: Names, name: string): AreaOfCondition {
  const area = names.area(name);
  if (area) return area;
  const known = names.areaNames();
  const near = known.filter(
    (other) => other.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(other.toLowerCase()),
  );
  const listed = (near.length > 0 ? near : known).slice(0, 8).join(", ");
  throw new LabError("E_NOT_FOUND", `There is no area ${name}`, { area: name }, listed === "" ? undefined : `Areas are named ${listed}.`);
}

/** Whether the same brain with the same input always gives the same hits; false where a term looks at the host. */
export function isReplayable(condition: Condition): boolean {
  if ("left" in condition) return isReplayable(condition.left) && isReplayable(condition.right);
  if (condition.op === "not") return isReplayable(condition.value);
  return condition.op !== "burst_ms" && condition.op !== "diverged";
}
