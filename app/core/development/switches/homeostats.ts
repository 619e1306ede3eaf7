/** Rate-modulated leak of areas. Source: spec/burst-engine-extensions.md 13. */
import { laterProperty } from "../../genome/later-properties.ts";
import type { GrowingArea } from "../growth.ts";
import { propertyPath, report, type Source, told } from "./reading.ts";
import type { Homeostat } from "./shape.ts";

const f32 = Math.fround;

export function homeostats(source: Source): Homeostat[] {
  return source.living.flatMap((one) => homeostatOf(source, one) ?? []);
}

/** Undefined where it is off, or where a field of it has no meaning. */
function homeostatOf(source: Source, one: GrowingArea): Homeostat | undefined {
  const { area, gene } = one;
  const given = laterProperty(gene.properties, "rate_modulated_leak");
  if (given === undefined) return undefined;
  const path = propertyPath(source, one, "rate_modulated_leak", "hmlk-d");
  let isSound = true;
  const wrong = (field: string, expected: string, found: unknown) => {
    isSound = false;
    const message = `rate_modulated_leak of ${area.name}: ${field} must be ${expected}; its leak is not regulated.`;
    report(source, field === "it" ? path : `${path}.${field}`, { code: "RATE_MODULATED_LEAK", message, expected, found: told(found) });
  };
  if (typeof given !== "object" || Array.isArray(given)) {
    wrong("it", "an object", given);
    return undefined;
  }
  const fields = given as Record<string, unknown>;
  const read = <T>(field: string, fallback: T, is: (value: unknown) => boolean, expected: string): T => {
    const value = fields[field] ?? fallback;
    if (!is(value)) wrong(field, expected, value);
    return value as T;
  };
  const number = (field: string, fallback: number, fits: (value: number) => boolean, expected: string): number =>
    f32(read(field, fallback, (value) => typeof value === "number" && Number.isFinite(f32(value)) && fits(value), expected));
  const whole = (field: string, fallback: number, least: number): number =>
    read(field, fallback, (value) => isWhole(value, least), `a whole number from ${least} to 4294967295`);
  const share = "a number from 0 to 1";
  if (!read("enabled", false, (value) => typeof value === "boolean", "true or false")) return undefined;
  const armBursts = whole("arm_bursts", 500, 1);
  const settings = {
    perNeuron:
      read<string>("target_mode", "area", (value) => value === "area" || value === "per_neuron", "area or per_neuron") === "per_neuron",
    leavesSilent:
      read<string>(
        "silent_neurons",
        "one_sided",
        (value) => value === "one_sided" || value === "unregulated",
        "one_sided or unregulated",
      ) === "unregulated",
    target: number("target_firing_per_burst", 0.1, isShare, share),
    rateShare: averageShare(number("rate_ema_tau_bursts", 50, (x) => x > 0, "a number above 0")),
    gain: number("gain", 0.2, (x) => x >= 0, "a number of at least 0"),
    leakMin: number("leak_min", 0.02, isShare, share),
    leakMax: number("leak_max", 0.5, isShare, share),
    every: Math.max(1, whole("update_every_n_bursts", 1, 0)),
    armBursts,
    armShare: averageShare(
      Math.max(
        f32(0.001),
        number("arm_tau_bursts", Math.max(1, armBursts) / 4, (x) => x > 0, "a number above 0"),
      ),
    ),
    minTarget: number("min_target_firing_per_burst", 0.001, isShare, share),
    epoch: whole("arm_epoch", 0, 0),
  };
  if (settings.leakMin > settings.leakMax) wrong("leak_min", "at most leak_max", settings.leakMin);
  const { index, firstNeuron, neurons, parameters } = area;
  return isSound ? { area: index, firstNeuron, neurons, ...settings, base: f32(parameters.leak) } : undefined;
}

/** Share of the newest burst in an average over about `tau` bursts. */
function averageShare(tau: number): number {
  return f32(1 - f32(Math.exp(f32(-1 / tau))));
}

const isShare = (x: number) => x >= 0 && x <= 1;
const isWhole = (value: unknown, least: number) => Number.isInteger(value) && (value as number) >= least && (value as number) <= 0xffffffff;
