/** A legend as data: the panel shows it, a figure carries it. Texts come from outside. */
export type LegendEntry =
  | { type: "kind"; glyph: string; colour: string; text: string }
  | { type: "swatch"; colour: string; text: string }
  /** Colours evenly from one limit to the other. */
  | { type: "ramp"; colours: readonly string[]; low: string; high: string; text: string }
  | { type: "arc"; colour: string; sign: "excitatory" | "inhibitory" | null; dashed: boolean; text: string };
