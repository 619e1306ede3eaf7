/** How large things are where the camera looks: a bar of a round number of voxels. Seen in perspective it is right at that distance. */
import { type Ink, pathOf } from "./svg-ink.ts";

/** CSS pixels it is at least wide, and at most about two and a half times that. */
const least = 56;

/** The shortest 1, 2 or 5 times a power of ten voxels that is wide enough. */
export function scaleOf(voxelPixels: number): { voxels: number; pixels: number } {
  const wanted = least / voxelPixels;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const voxels = [1, 2, 5, 10].map((step) => step * power).find((count) => count >= wanted) ?? 10 * power;
  return { voxels, pixels: voxels * voxelPixels };
}

export class ScaleBar {
  readonly element: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #text: HTMLElement;
  readonly #words: (voxels: number) => string;
  shown = { text: "", pixels: 0 };

  constructor(document: Document, words: (voxels: number) => string) {
    this.#words = words;
    this.element = document.createElement("div");
    this.element.setAttribute("aria-hidden", "true");
    this.#text = document.createElement("span");
    this.#bar = document.createElement("i");
    this.element.append(this.#text, this.#bar);
    Object.assign(this.element.style, {
      position: "absolute",
      right: "14px",
      bottom: "12px",
      display: "grid",
      justifyItems: "center",
      gap: "2px",
      fontSize: "11px",
      pointerEvents: "none",
    });
    Object.assign(this.#bar.style, { height: "5px", border: "1.5px solid currentColor", borderTop: "0", boxSizing: "border-box" });
  }

  /** `above`: CSS pixels at the bottom that something lies over. */
  place(voxelPixels: number, colour: string, above = 0): void {
    const { voxels, pixels } = scaleOf(voxelPixels);
    const width = Math.round(pixels);
    this.shown = { text: this.#words(voxels), pixels: width };
    this.#text.textContent = this.shown.text;
    this.#bar.style.width = `${width}px`;
    this.element.style.color = colour;
    this.element.style.bottom = `${12 + above}px`;
  }

  /** For a figure: at the lower right of a part of this size. */
  paint(context: Ink, width: number, height: number): void {
    const { text, pixels } = this.shown;
    const right = width - 14;
    const low = height - 14;
    context.strokeStyle = this.element.style.color;
    context.fillStyle = this.element.style.color;
    context.lineWidth = 1.5;
    context.stroke(pathOf(`M${right - pixels} ${low - 5}V${low}H${right}V${low - 5}`));
    context.font = `11px ${getComputedStyle(this.element).fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.fillText(text, right - pixels / 2, low - 6);
    context.textAlign = "start";
  }
}
