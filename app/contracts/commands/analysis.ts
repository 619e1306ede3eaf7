/** Statistics of recorded firings: what the plots show, as numbers. Times are bursts; nothing here replays or changes the brain. */
import { z } from "zod";
import { type CommandTable, command, RecordedBurst } from "../command.ts";
import { CorticalId } from "../connectome.ts";

/** The bursts that are read; the newest `USUAL_BURSTS` where nobody says which. */
const Range = { from: RecordedBurst.optional(), to: RecordedBurst.optional() };
export const USUAL_BURSTS = 2000;
/** Bursts read by one question. */
export const MOST_BURSTS = 100_000;

export const AreaRates = z.object({
  from: z.int(),
  to: z.int(),
  every: z.int(),
  /** Firings per neuron and burst, of each part of `every` bursts. */
  areas: z.array(z.object({ area: CorticalId, name: z.string(), neurons: z.int(), rate: z.array(z.number()) })),
});
export type AreaRates = z.infer<typeof AreaRates>;

export const Intervals = z.object({
  area: CorticalId,
  from: z.int(),
  to: z.int(),
  /** Spikes, and neurons that fired at all. */
  spikes: z.int(),
  firing: z.int(),
  /** Inter-spike intervals by length: the first counts those of one burst. */
  counts: z.array(z.int()),
  /** Longer ones than `counts` has room for. */
  longer: z.int(),
  /** Bursts; null without an interval. */
  mean: z.number().nullable(),
  /** Standard deviation over mean of all intervals. */
  cv: z.number().nullable(),
  /** Variance over mean of the firings per `window` bursts; null where the range holds fewer than two windows or none fired. */
  fano: z.object({ window: z.int(), value: z.number().nullable() }),
  /** Golomb and Rinzel's chi squared: 0 where neurons fire independently (of many), 1 where all fire together. */
  synchrony: z.number().nullable(),
});
export type Intervals = z.infer<typeof Intervals>;

export const Spectrum = z.object({
  area: CorticalId,
  from: z.int(),
  to: z.int(),
  /** Bursts of one segment; power[k] is at k / segment cycles per burst. */
  segment: z.int(),
  segments: z.int(),
  /** One-sided power spectral density of the firings per burst, firings² × bursts, the mean taken out. */
  power: z.array(z.number()),
});
export type Spectrum = z.infer<typeof Spectrum>;

export const Durations = z.object({
  from: z.int(),
  to: z.int(),
  /** Where the first bin begins, and how wide each is. */
  fromMs: z.number(),
  binMs: z.number(),
  /** How long bursts took in their engine, of each engine that ran some of them. */
  engines: z.array(
    z.object({
      engine: z.enum(["reference", "native"]),
      bursts: z.int(),
      meanMs: z.number(),
      medianMs: z.number(),
      mostMs: z.number(),
      /** Bursts by duration, a number a bin. As many bins for each engine. */
      counts: z.array(z.int()),
      /** Longer ones than `counts` has room for, which is made for all but outliers. */
      longer: z.int(),
    }),
  ),
});
export type Durations = z.infer<typeof Durations>;

export const Flow = z.object({
  from: z.int(),
  to: z.int(),
  /** `community`: of areas with many synapses among them, from 1, the one with most areas; null where no synapse joins it to an area. */
  areas: z.array(z.object({ area: CorticalId, name: z.string(), kind: z.string(), region: z.string(), community: z.int().nullable() })),
  /** How far communities keep their synapses to themselves, 1 at most; null without a synapse. */
  modularity: z.number().nullable(),
  /** Indices into `areas`. `flow`: postsynaptic potentials sent over these synapses, by the wiring of now. `weight`: mean, inhibitory ones negative. */
  pairs: z.array(z.object({ src: z.int(), dst: z.int(), synapses: z.int(), weight: z.number(), flow: z.number() })),
});
export type Flow = z.infer<typeof Flow>;

export const Spikes = z.object({
  from: z.int(),
  to: z.int(),
  count: z.int(),
  /** One row a spike, bursts ascending, neurons ascending within one. */
  bursts: z.array(z.int()),
  neurons: z.array(z.int()),
});

const Area = { area: CorticalId };

export const analysisCommands = {
  rates: command({
    title: "Firing rates of areas",
    permission: "read",
    risk: "low",
    input: z.object({ areas: z.array(CorticalId).min(1).max(16), ...Range, points: z.int().min(1).max(2000).default(400) }),
    output: AreaRates,
  }),
  intervals: command({
    title: "Inter-spike intervals of an area",
    permission: "read",
    risk: "low",
    input: z.object({ ...Area, ...Range, bins: z.int().min(2).max(1000).default(60), window: z.int().min(1).max(10_000).default(10) }),
    output: Intervals,
  }),
  spectrum: command({
    title: "Power spectrum of an area's firings",
    permission: "read",
    risk: "low",
    input: z.object({ ...Area, ...Range }),
    output: Spectrum,
  }),
  neuronsAtInterval: command({
    title: "Neurons with inter-spike intervals of some length",
    permission: "read",
    risk: "low",
    /** Intervals of `least` to `longest` bursts. */
    input: z.object({
      ...{ ...Area, ...Range, least: z.int().min(1), longest: z.int().min(1) },
      most: z.int().min(1).max(1_000_000).default(100_000),
    }),
    /** `neurons` ascend; `count` of them there are. */
    output: z.object({ from: z.int(), to: z.int(), intervals: z.int(), count: z.int(), neurons: z.array(z.int()) }),
  }),
  durations: command({
    title: "How long bursts took",
    permission: "read",
    risk: "low",
    input: z.object({ ...Range, bins: z.int().min(2).max(1000).default(40) }),
    output: Durations,
  }),
  burstsLasting: command({
    title: "Bursts that took some time",
    permission: "read",
    risk: "low",
    /** At least `leastMs`, and less than `belowMs`. */
    input: z.object({
      ...{ ...Range, leastMs: z.number().min(0).default(0), belowMs: z.number().positive().optional() },
      most: z.int().min(1).max(MOST_BURSTS).default(10_000),
    }),
    /** `bursts` ascend; `count` of them there are. */
    output: z.object({ from: z.int(), to: z.int(), count: z.int(), bursts: z.array(z.int()) }),
  }),
  flow: command({
    title: "Synapses and their traffic between areas",
    permission: "read",
    risk: "low",
    input: z.object({ ...Range }),
    output: Flow,
  }),
  spikes: command({
    title: "Recorded spikes of an area",
    permission: "read",
    risk: "low",
    input: z.object({ ...Area, ...Range, most: z.int().min(1).max(1_000_000).default(100_000) }),
    output: Spikes,
  }),
} as const satisfies CommandTable;
