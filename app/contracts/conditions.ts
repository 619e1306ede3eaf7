/**
 * Break conditions as plain data. Text is parsed to this once (core/debug/conditions/parse.ts); what travels and is stored is data,
 * and nothing is ever evaluated as code.
 *
 * Every node is a number. A comparison gives 1 or 0; `and`, `or`, `not` and a whole condition take everything but 0 and NaN for true.
 * What each term means stands in core/debug/README.md.
 */
import { z } from "zod";

/** Terms of an area; `area` is a cortical id, or a name as it was written. */
const areaTerms = ["fires", "silent"] as const;
const windowTerms = ["rate", "synchrony"] as const;
const neuronTerms = ["fired", "potential"] as const;
/** `ends`: what the synapse of this slot joined when the condition was bound. Another one that takes the slot later is not meant. */
const synapseTerms = ["weight", "dweight"] as const;
/** About the host, not the brain: another run of the same brain may give other values. */
const hostTerms = ["burst_ms", "diverged"] as const;
/** About parts of a lab that are named. */
const namedTerms = ["queue", "breaker", "emitted", "pattern"] as const;
export const comparisons = [">", ">=", "<", "<=", "==", "!="] as const;
const binaries = [...comparisons, "+", "-", "*", "/", "and", "or"] as const;

export const conditionTerms = { areaTerms, windowTerms, neuronTerms, synapseTerms, hostTerms, namedTerms };
/** The longest window of `rate` and `synchrony`. */
export const MAX_WINDOW = 100_000;

export type Condition =
  | { op: "number"; value: number }
  | { op: (typeof areaTerms)[number]; area: string }
  | { op: (typeof windowTerms)[number]; area: string; bursts: number }
  | { op: (typeof neuronTerms)[number]; neuron: number }
  | { op: (typeof synapseTerms)[number]; synapse: number; ends?: [source: number, target: number] | undefined }
  | { op: (typeof hostTerms)[number] }
  | { op: (typeof namedTerms)[number]; name: string }
  | { op: (typeof binaries)[number]; left: Condition; right: Condition }
  | { op: "not"; value: Condition };

const Id = z.int().min(0).max(0xffffffff);
const Name = z.string().min(1).max(200);
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion("op", [
    z.object({ op: z.literal("number"), value: z.number() }),
    z.object({ op: z.enum(areaTerms), area: Name }),
    z.object({ op: z.enum(windowTerms), area: Name, bursts: z.int().min(1).max(MAX_WINDOW) }),
    z.object({ op: z.enum(neuronTerms), neuron: Id }),
    z.object({ op: z.enum(synapseTerms), synapse: Id, ends: z.tuple([Id, Id]).optional() }),
    z.object({ op: z.enum(hostTerms) }),
    z.object({ op: z.enum(namedTerms), name: Name }),
    z.object({ op: z.enum(binaries), left: Condition, right: Condition }),
    z.object({ op: z.literal("not"), value: Condition }),
  ]),
);
