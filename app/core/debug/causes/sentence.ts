/** An account in one sentence, without the names that only a connectome knows. */
import type { Account } from "#contracts/debug.ts";

export function sentenceOf({ neuron, burst, area, fired, cause, potential, sum, tests, blockedBy }: Account): string {
  const who = `Neuron ${neuron} (area ${area})`;
  const bound = tests.find(({ name }) => name === "threshold")?.bound;
  if (cause === "dynamics") return `${who} fired at burst ${burst}: potential ${potential} ≥ threshold ${bound}.`;
  if (cause === "memory") return `${who} fired at burst ${burst}: a memory neuron with the sum ${sum}.`;
  const failed = tests.find(({ name }) => name === blockedBy)?.text ?? "nothing blocked it";
  if (cause === "forced")
    return `${who} fired at burst ${burst} because it was forced to from outside; by itself it would not have: ${failed}.`;
  if (cause === "replay") return `${who} fired at burst ${burst} because a memory was replayed; by itself it would not have: ${failed}.`;
  return `${who} ${fired ? "fired" : "did not fire"} at burst ${burst}: ${failed}.`;
}
