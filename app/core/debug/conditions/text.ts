/** Condition to text, with no more brackets than it needs: what `parseCondition` reads back as the same condition. */
import { type Condition, comparisons } from "#contracts/conditions.ts";

/** How tightly each binds; an operand that binds less stands in brackets. */
function bindingOf({ op }: Condition): number {
  if (op === "or") return 1;
  if (op === "and") return 2;
  if (op === "not") return 3;
  if (comparisons.some((one) => one === op)) return 4;
  if (op === "+" || op === "-") return 5;
  return op === "*" || op === "/" ? 6 : 7;
}

/** `areaName` says how an area is written. */
export function conditionText(condition: Condition, areaName: (area: string) => string = (area) => area): string {
  const within = (inner: Condition, least: number) =>
    bindingOf(inner) < least ? `(${conditionText(inner, areaName)})` : conditionText(inner, areaName);
  if ("left" in condition) {
    const own = bindingOf(condition);
    // Comparisons do not chain; everything else leans to the left.
    const left = within(condition.left, own === 4 ? 5 : own);
    return `${left} ${condition.op} ${within(condition.right, own + 1)}`;
  }
  if (condition.op === "not") return `not ${within(condition.value, 4)}`;
  if (condition.op === "number") return String(condition.value);
  return `${condition.op}(${argumentsOf(condition, areaName)})`;
}

function argumentsOf(term: Condition, areaName: (area: string) => string): string {
  if ("bursts" in term) return `${nameText(areaName(term.area))}, ${term.bursts}`;
  if ("area" in term) return nameText(areaName(term.area));
  if ("neuron" in term) return `N#${term.neuron}`;
  if ("synapse" in term) return `S#${term.synapse}`;
  return "name" in term ? nameText(term.name) : "";
}

function nameText(name: string): string {
  return /^[^\s,()"]+$/.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;
}
