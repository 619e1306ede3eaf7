/** Excitability as genomes store it. */

/**
 * The firing probability behind a stored excitability: above 1 it is a percent, up to 1 a fraction.
 * Source: spec/burst-engine.md section 6.2.
 */
export function excitabilityFraction(stored: number): number {
  if (!Number.isFinite(stored)) return 1;
  return Math.min(1, Math.max(0, stored > 1 ? stored / 100 : stored));
}
