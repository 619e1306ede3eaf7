import type { MarkShape } from "./scene-types.ts";

/** A legend as data: the panel shows it, a figure carries it. Texts come from outside. */
export type LegendEntry =
  | { type: "kind"; glyph: string; colour: string; text: string }
  | { type: "swatch"; colour: string; text: string }
  /** Colours evenly from one limit to the other. */
  | { type: "ramp"; colours: readonly string[]; low: string; high: string; text: string }
  | { type: "arc"; colour: string; sign: "excitatory" | "inhibitory" | null; dashed: boolean; outlined?: true; text: string }
  | { type: "mark"; shape: MarkShape; colour: string; text: string };

/** The shapes of marks in a square of 10: `isFilled` tells which are no lines. */
export const markPaths: Readonly<Record<MarkShape, string>> = {
  fill: "M0 0H10V10H0Z",
  ring: "M5 1A4 4 0 1 1 4.99 1Z",
  cross: "M1 1L9 9M9 1L1 9",
  diamond: "M5 0L10 5L5 10L0 5Z",
  frame: "M1 1H9V9H1Z",
  triangle: "M5 0L10 9.5H0Z",
};

export const isFilled = (shape: MarkShape) => shape === "fill" || shape === "diamond" || shape === "triangle";
