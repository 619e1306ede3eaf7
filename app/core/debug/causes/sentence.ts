/** An account in one sentence, without the names that only a connectome knows. */
import type { Account, Influence } from "#contracts/debug.ts";

export function sentenceOf(account: Account): string {
  const added = account.influences?.flatMap(addedText) ?? [];
  return added.length === 0 ? plainSentence(account) : `${plainSentence(account).slice(0, -1)}; ${added.join("; ")}.`;
}

/** What is told beside the cause. */
function addedText(influence: Influence): string[] {
  if (influence.kind === "held input")
    return [
      influence.by === "hold"
        ? `its input is held since burst ${influence.since}`
        : `its input is the last frame, of burst ${influence.since}, held over a gap`,
    ];
  if (influence.kind !== "modulated") return [];
  const { setting, value, baseline, factor } = influence;
  return [`modulators hold its ${setting} at ${value} (${baseline} × ${factor})`];
}

function plainSentence({ neuron, burst, fired, cause, potential, sum, tests, blockedBy, influences = [] }: Account): string {
  const who = `Neuron ${neuron}`;
  const bound = tests.find(({ name }) => name === "threshold")?.bound;
  if (cause === "dynamics") return `${who} fired at burst ${burst}: potential ${potential} ≥ threshold ${bound}.`;
  const associated = influences.find(({ kind }) => kind === "associated");
  if (cause === "memory" && influences.some(({ kind }) => kind === "pattern met"))
    return `${who} fired at burst ${burst}: the pattern it remembers was there in the burst before.`;
  if (cause === "memory" && associated?.kind === "associated")
    return `${who} fired at burst ${burst}: associations brought it up, with ${associated.links} spikes and the potential ${potential}.`;
  if (cause === "memory") return `${who} fired at burst ${burst}: a memory neuron with the sum ${sum}.`;
  const failed = tests.find(({ name }) => name === blockedBy)?.text ?? "nothing blocked it";
  const ownWill = `by itself it would not have: ${failed}`;
  if (cause === "forced" && influences.some(({ kind }) => kind === "spike train"))
    return `${who} fired at burst ${burst} because its spike train goes on; ${ownWill}.`;
  if (cause === "forced") return `${who} fired at burst ${burst} because it was forced to from outside; ${ownWill}.`;
  const memories = influences.flatMap((one) => (one.kind === "replay" ? one.memories : []));
  const replayed = memories.length > 0 ? `the memory of ${memories.join(", ")}` : "a memory";
  if (cause === "replay") return `${who} fired at burst ${burst} because ${replayed} was replayed; ${ownWill}.`;
  return `${who} ${fired ? "fired" : "did not fire"} at burst ${burst}: ${failed}.`;
}
