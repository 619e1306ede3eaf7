/** Edits of each parameter of a cortical area, anywhere an engine can hold them, for property tests. */
import fc from "fast-check";
import type { Vec3 } from "#contracts/connectome.ts";

/** A 32-bit number; adding 0 makes one zero of both. */
const float = () => fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

export const parameterEdits = {
  firingThreshold: float(),
  firingThresholdIncrement: fc.tuple(float(), float(), float()) as fc.Arbitrary<Vec3>,
  firingThresholdLimit: fc.float({ min: 0, noNaN: true, noDefaultInfinity: true }),
  leak: fc.float({ min: 0, max: 1, noNaN: true }),
  refractoryPeriod: fc.nat(65535),
  consecutiveFireLimit: fc.nat(65535),
  snoozePeriod: fc.nat(65535),
  excitability: fc.float({ min: 0, max: 100, noNaN: true }),
  mpChargeAccumulation: fc.boolean(),
  mpDrivenPsp: fc.boolean(),
  pspUniform: fc.boolean(),
  postsynapticCurrent: float(),
  degeneration: fc.float({ min: 0, max: 10, noNaN: true }),
};
