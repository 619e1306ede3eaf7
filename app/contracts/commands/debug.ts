import { z } from "zod";
import { type CommandTable, command, NeuronId, Nothing, RecordedBurst } from "../command.ts";
import {
  Account,
  Breakpoint,
  BreakpointSettings,
  CausalTree,
  ConditionInput,
  Counterfactual,
  Effects,
  Evaluation,
  Hit,
  LoggedHit,
} from "../debug.ts";
import { BrainStatus } from "./brain.ts";

export const debugCommands = {
  add: command({
    title: "Set a breakpoint or a tracepoint",
    permission: "write",
    risk: "low",
    input: z.object({
      condition: ConditionInput,
      action: BreakpointSettings.shape.action.default("pause"),
      enabled: z.boolean().default(true),
      hitCount: BreakpointSettings.shape.hitCount.default(1),
      coolDown: BreakpointSettings.shape.coolDown.default(0),
      once: z.boolean().default(false),
    }),
    output: Breakpoint,
  }),
  list: command({ title: "List breakpoints", permission: "read", risk: "low", input: Nothing, output: z.array(Breakpoint) }),
  update: command({
    title: "Change a breakpoint",
    permission: "write",
    risk: "low",
    input: BreakpointSettings.partial().extend({ id: z.string(), condition: ConditionInput.optional() }),
    output: Breakpoint,
  }),
  remove: command({
    title: "Remove a breakpoint",
    permission: "write",
    risk: "low",
    input: z.object({ id: z.string() }),
    output: z.array(Breakpoint),
  }),
  hits: command({
    title: "Hits of breakpoints and tracepoints",
    permission: "read",
    risk: "low",
    input: z.object({ limit: z.int().min(1).max(10_000).default(200) }),
    output: z.array(LoggedHit),
  }),
  noteHit: command({
    title: "Write a note to a hit",
    permission: "write",
    risk: "low",
    input: z.object({ id: LoggedHit.shape.id, note: LoggedHit.shape.note.max(2000) }),
    output: LoggedHit,
  }),
  clearHits: command({ title: "Forget the hits so far", permission: "write", risk: "low", input: Nothing, output: z.array(LoggedHit) }),
  evaluate: command({
    title: "Value of a condition now, its hits in the recording, its cost",
    permission: "read",
    risk: "low",
    input: z.object({ condition: ConditionInput, bursts: z.int().min(0).max(1_000_000).default(4096) }),
    output: Evaluation,
  }),
  runTo: command({
    title: "Run until a condition holds",
    permission: "write",
    risk: "low",
    input: z.object({ condition: ConditionInput, most: z.int().min(1).max(1_000_000).default(100_000) }),
    output: z.object({ reached: Hit.nullable(), status: BrainStatus }),
  }),
  reverseContinue: command({
    title: "Go back to the last burst that satisfies a breakpoint",
    permission: "write",
    risk: "low",
    /** Without a condition: any enabled breakpoint that pauses. */
    input: z.object({ condition: ConditionInput.optional() }),
    output: z.object({ reached: Hit.nullable(), status: BrainStatus }),
  }),
  why: command({
    title: "Why a neuron fired",
    permission: "read",
    risk: "low",
    input: z.object({ neuron: NeuronId, burst: RecordedBurst }),
    output: Account,
  }),
  whyNot: command({
    title: "Why a neuron did not fire",
    permission: "read",
    risk: "low",
    input: z.object({ neuron: NeuronId, burst: RecordedBurst }),
    output: Account,
  }),
  effects: command({
    title: "What a spike caused",
    permission: "read",
    risk: "low",
    input: z.object({
      neuron: NeuronId,
      burst: RecordedBurst,
      limit: z.int().min(1).max(100_000).default(1000),
      /** Runs another past without the spike, to tell which targets needed it. */
      necessary: z.boolean().default(false),
    }),
    output: Effects,
  }),
  tree: command({
    title: "The tree of causes of a spike",
    permission: "read",
    risk: "low",
    input: z.object({
      neuron: NeuronId,
      burst: RecordedBurst,
      depth: z.int().min(0).max(20).default(3),
      breadth: z.int().min(1).max(64).default(8),
    }),
    output: CausalTree,
  }),
  without: command({
    title: "Replay without synapses, sources or inputs",
    permission: "read",
    risk: "low",
    input: z.object({
      neuron: NeuronId,
      burst: RecordedBurst,
      synapses: z.array(NeuronId).max(100_000).default([]),
      /** Neurons whose spikes lead nowhere. */
      sources: z.array(NeuronId).max(10_000).default([]),
      /** Neurons that get no input from outside. */
      inputs: z.array(NeuronId).max(100_000).default([]),
      /** The first burst without; by default the earliest whose spikes over these reach the neuron in `burst`. */
      from: z.int().min(1).optional(),
      /** Bursts after `burst` that are looked at. */
      window: z.int().min(0).max(10_000).default(32),
      /** Asks also whether these alone make it fire. */
      sufficient: z.boolean().default(false),
    }),
    output: Counterfactual,
  }),
} as const satisfies CommandTable;
