/**
 * The picture as a picture file: what the canvas holds, the names and scale bar over it, and below it a caption and the legend. A
 * reader of the figure sees what a reader of the window sees.
 */
import { isFilled, type LegendEntry, markPaths } from "./legend.ts";
import type { MarkShape, SceneTheme } from "./scene-types.ts";
import { type Ink, pathOf } from "./svg-ink.ts";

export interface FigureText {
  /** One line. */
  caption: string;
  legend: readonly LegendEntry[];
}

const row = 22;
const margin = 14;
const gap = 18;
const signRoom = 30;
const rampRoom = 84;
const font = { caption: "600 13px", text: "12px" };

/** CSS pixels that caption and legend take below a picture of this width. */
export function textHeight(context: Ink, width: number, text: FigureText, family: string): number {
  const rows = placed(context, width, text.legend, family).at(-1)?.row ?? -1;
  return margin + (text.caption === "" ? 0 : row) + (rows + 1) * row + margin / 2;
}

/** Draws both below `top`; the context is scaled so that one unit is a CSS pixel. */
export function paintText(
  context: Ink,
  top: number,
  width: number,
  { caption, legend }: FigureText,
  theme: SceneTheme,
  family: string,
): void {
  context.textBaseline = "middle";
  context.fillStyle = theme.text;
  context.font = `${font.caption} ${family}`;
  if (caption !== "") context.fillText(caption, margin, top + margin + row / 2, width - 2 * margin);
  const first = top + margin + (caption === "" ? 0 : row) + row / 2;
  for (const { entry, x, row: at } of placed(context, width, legend, family)) paintEntry(context, entry, x, first + at * row, theme);
}

/** Entries from left to right in rows. */
function placed(context: Ink, width: number, legend: readonly LegendEntry[], family: string) {
  context.font = `${font.text} ${family}`;
  let [x, line] = [margin, 0];
  return legend.map((entry) => {
    const needed = widthOf(context, entry);
    if (x > margin && x + needed > width - margin) [x, line] = [margin, line + 1];
    const place = { entry, x, row: line };
    x += needed + gap;
    return place;
  });
}

function widthOf(context: Ink, entry: LegendEntry): number {
  const measured = (text: string) => (text === "" ? 0 : context.measureText(text).width + 6);
  if (entry.type === "ramp") return measured(entry.text) + measured(entry.low) + rampRoom + measured(entry.high);
  return (entry.type === "arc" ? signRoom : 18) + measured(entry.text);
}

function paintEntry(context: Ink, entry: LegendEntry, x: number, y: number, { text }: SceneTheme): void {
  const write = (words: string, at: number) => {
    if (words === "") return at;
    context.fillStyle = text;
    context.fillText(words, at, y);
    return at + context.measureText(words).width + 6;
  };
  switch (entry.type) {
    case "kind":
      context.fillStyle = entry.colour;
      context.fillText(entry.glyph, x, y);
      write(entry.text, x + 18);
      break;
    case "swatch":
      context.fillStyle = entry.colour;
      context.fillRect(x, y - 5, 10, 10);
      write(entry.text, x + 18);
      break;
    case "mark":
      context.strokeStyle = entry.colour;
      context.fillStyle = entry.colour;
      context.lineWidth = 1.8;
      paintShape(context, entry.shape, x + 5, y);
      write(entry.text, x + 18);
      break;
    case "ramp": {
      const from = write(entry.low, write(entry.text, x));
      const ramp = context.createLinearGradient(from, 0, from + rampRoom - 12, 0);
      for (const [i, colour] of entry.colours.entries()) ramp.addColorStop(i / (entry.colours.length - 1), colour);
      context.fillStyle = ramp;
      context.fillRect(from, y - 4, rampRoom - 12, 8);
      write(entry.high, from + rampRoom - 6);
      break;
    }
    case "arc": {
      context.strokeStyle = entry.colour;
      context.lineWidth = 1.8;
      context.setLineDash(entry.dashed ? [4, 3] : []);
      stroke(context, [
        [x, y],
        [x + 20, y],
      ]);
      context.setLineDash([]);
      if (entry.outlined) {
        context.strokeStyle = text;
        context.lineWidth = 1.2;
        for (const aside of [-3.5, 3.5])
          stroke(context, [
            [x, y + aside],
            [x + 20, y + aside],
          ]);
      }
      if (entry.sign === "excitatory")
        stroke(context, [
          [x + 15, y - 4],
          [x + 20, y],
          [x + 15, y + 4],
        ]);
      if (entry.sign === "inhibitory")
        stroke(context, [
          [x + 20, y - 5],
          [x + 20, y + 5],
        ]);
      write(entry.text, x + signRoom - 4);
    }
  }
}

function paintShape(context: Ink, shape: MarkShape, x: number, y: number): void {
  const path = pathOf(markPaths[shape]);
  context.save();
  context.translate(x - 5, y - 5);
  if (isFilled(shape)) context.fill(path);
  else context.stroke(path);
  context.restore();
}

function stroke(context: Ink, points: readonly [number, number][]): void {
  context.beginPath();
  for (const [i, [x, y]] of points.entries()) {
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
}
