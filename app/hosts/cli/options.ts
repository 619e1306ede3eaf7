/** Options several verbs share, described once. */
import type { Command } from "commander";
import { engineDynamics } from "#contracts/network.ts";
import type { Development } from "#core/development/grow.ts";
import { type GrowthSettings, oneOf, wholeNumber } from "./inputs.ts";

const developments = ["standard", "feagi-strict"] as const satisfies readonly Development[];

export interface GrowthFlags {
  dynamics: string;
  development: string;
  seed: string;
  leakVariability?: boolean;
  repair: boolean;
  b18Ids?: boolean;
}

export function withGrowthOptions(command: Command): Command {
  return command
    .option("--dynamics <mode>", "standard, or feagi-strict: exactly as FEAGI, defects included; lif-delta for network files", "standard")
    .option("--development <mode>", "standard or feagi-strict", "standard")
    .option("--seed <n>", "seed of everything random in growth and stimulation", "1")
    .option("--leak-variability", "spread the leak of neurons as leak_variability of their area says; FEAGI never does")
    .option("--no-repair", "refuse a genome that needs repair")
    .option("--b18-ids", "the genome was written by a FEAGI beta of 2026, whose device ids are laid out otherwise");
}

export function growthSettings(flags: GrowthFlags): GrowthSettings {
  return {
    dynamics: oneOf(flags.dynamics, engineDynamics, "--dynamics"),
    development: oneOf(flags.development, developments, "--development"),
    seed: wholeNumber(flags.seed, "--seed"),
    leakVariability: flags.leakVariability ?? false,
    repair: flags.repair,
    b18Ids: flags.b18Ids ?? false,
  };
}
