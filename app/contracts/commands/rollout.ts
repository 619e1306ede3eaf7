import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { RolloutStatus } from "../rollout.ts";

export const rolloutCommands = {
  status: command({ title: "Which engine runs, and why", permission: "read", risk: "low", input: Nothing, output: RolloutStatus }),
  set: command({
    title: "Set the share of the native engine",
    permission: "write",
    risk: "low",
    input: z.object({ percent: z.union([z.literal(0), z.literal(10), z.literal(100)]), reason: z.string().default("") }),
    output: RolloutStatus,
  }),
  advance: command({
    title: "Advance the rollout by one stage",
    permission: "write",
    risk: "low",
    input: z.object({ early: z.boolean().default(false), reason: z.string().default("") }),
    output: RolloutStatus,
  }),
  rollback: command({
    title: "Roll the rollout back by one stage",
    permission: "write",
    risk: "low",
    input: z.object({ reason: z.string().default("") }),
    output: RolloutStatus,
  }),
  enable: command({
    title: "Enable the native engine again",
    permission: "write",
    risk: "low",
    input: z.object({ reason: z.string().default("") }),
    output: RolloutStatus,
  }),
  selftest: command({
    title: "Compare both engines on the running brain",
    permission: "write",
    risk: "low",
    input: z.object({ bursts: z.int().min(1).max(10_000).default(256) }),
    output: RolloutStatus,
  }),
} as const satisfies CommandTable;
