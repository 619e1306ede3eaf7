/**
 * What is painted over and below a figure, as SVG: words stay words and lines stay lines, so that a journal can set and scale them. The
 * same calls paint on a canvas; `Ink` is the part of a canvas that they use.
 */
export type Ink = Pick<
  CanvasRenderingContext2D,
  | ("save" | "restore" | "translate" | "beginPath" | "moveTo" | "lineTo" | "rect" | "clip" | "fill" | "stroke" | "fillRect")
  | ("fillText" | "strokeText" | "measureText" | "createLinearGradient" | "setLineDash")
  | ("fillStyle" | "strokeStyle" | "lineWidth" | "lineJoin" | "globalAlpha" | "font" | "textAlign" | "textBaseline")
>;

/** What a path was made of: a canvas does not tell. */
const drawn = new WeakMap<Path2D, string>();

export function pathOf(d: string): Path2D {
  const path = new Path2D(d);
  drawn.set(path, d);
  return path;
}

const baselines: Partial<Record<CanvasTextBaseline, string>> = { top: "text-before-edge", middle: "central", bottom: "text-after-edge" };
const anchors: Partial<Record<CanvasTextAlign, string>> = { center: "middle", end: "end", right: "end" };

export class SvgInk implements Ink {
  fillStyle: Ink["fillStyle"] = "#000";
  strokeStyle: Ink["strokeStyle"] = "#000";
  lineWidth = 1;
  lineJoin: CanvasLineJoin = "miter";
  globalAlpha = 1;
  font = "10px sans-serif";
  textAlign: CanvasTextAlign = "start";
  textBaseline: CanvasTextBaseline = "alphabetic";
  readonly #measure: (text: string, font: string) => TextMetrics;
  readonly #parts: string[] = [];
  readonly #gradients = new Map<CanvasGradient, string>();
  /** Groups that each `save` has opened. */
  readonly #open: number[] = [];
  #path = "";
  #dash: number[] = [];
  #ids = 0;

  constructor(measure: (text: string, font: string) => TextMetrics) {
    this.#measure = measure;
  }

  save(): void {
    this.#open.push(0);
  }

  restore(): void {
    this.#parts.push("</g>".repeat(this.#open.pop() ?? 0));
  }

  translate(x: number, y: number): void {
    this.#group(`transform="translate(${short(x)} ${short(y)})"`);
  }

  beginPath(): void {
    this.#path = "";
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `L${short(x)} ${short(y)}`;
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`;
  }

  clip(): void {
    const id = `clip${++this.#ids}`;
    this.#parts.push(`<clipPath id="${id}"><path d="${this.#path}"/></clipPath>`);
    this.#group(`clip-path="url(#${id})"`);
  }

  fill(path?: Path2D | CanvasFillRule): void {
    this.#shape(typeof path === "object" ? drawn.get(path) : this.#path, this.#filled());
  }

  stroke(path?: Path2D): void {
    this.#shape(path ? drawn.get(path) : this.#path, `fill="none" ${this.#stroked()}`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const [left, top] = [short(x), short(y)];
    this.#parts.push(`<rect x="${left}" y="${top}" width="${short(width)}" height="${short(height)}" ${this.#filled()}/>`);
  }

  fillText(text: string, x: number, y: number): void {
    this.#text(text, x, y, this.#filled());
  }

  strokeText(text: string, x: number, y: number): void {
    this.#text(text, x, y, `fill="none" ${this.#stroked()}`);
  }

  measureText(text: string): TextMetrics {
    return this.#measure(text, this.font);
  }

  createLinearGradient(x1: number, y1: number, x2: number, y2: number): CanvasGradient {
    const id = `ramp${++this.#ids}`;
    const stops: string[] = [];
    const at = this.#parts.length;
    const ends = `x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}"`;
    this.#parts.push("");
    const gradient: CanvasGradient = {
      addColorStop: (offset, colour) => {
        stops.push(`<stop offset="${short(offset)}" stop-color="${escaped(colour)}"/>`);
        this.#parts[at] = `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" ${ends}>${stops.join("")}</linearGradient>`;
      },
    };
    this.#gradients.set(gradient, `url(#${id})`);
    return gradient;
  }

  setLineDash(segments: Iterable<number>): void {
    this.#dash = [...segments];
  }

  /** A picture of pixels, as a data address. */
  image(address: string, width: number, height: number): void {
    this.#parts.push(`<image href="${address}" width="${short(width)}" height="${short(height)}"/>`);
  }

  finish(width: number, height: number, title: string): string {
    const size = `width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"`;
    const body = this.#parts.filter((part) => part !== "").join("\n");
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n<title>${escaped(title)}</title>\n${body}\n</svg>\n`;
  }

  #group(attributes: string): void {
    this.#parts.push(`<g ${attributes}>`);
    const last = this.#open.length - 1;
    if (last >= 0) this.#open[last]!++;
  }

  #shape(d: string | undefined, paint: string): void {
    if (d) this.#parts.push(`<path d="${escaped(d)}" ${paint}/>`);
  }

  #text(text: string, x: number, y: number, paint: string): void {
    const anchor = anchors[this.textAlign];
    const baseline = baselines[this.textBaseline];
    const place = `${anchor ? ` text-anchor="${anchor}"` : ""}${baseline ? ` dominant-baseline="${baseline}"` : ""}`;
    const font = `style="font: ${escaped(this.font)}; white-space: pre"`;
    this.#parts.push(`<text x="${short(x)}" y="${short(y)}"${place} ${font} ${paint}>${escaped(text)}</text>`);
  }

  #filled(): string {
    return `fill="${this.#colour(this.fillStyle)}"${this.#alpha()}`;
  }

  #stroked(): string {
    const dash = this.#dash.length > 0 ? ` stroke-dasharray="${this.#dash.join(" ")}"` : "";
    const line = `stroke-width="${short(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${dash}`;
    return `stroke="${this.#colour(this.strokeStyle)}" ${line}${this.#alpha()}`;
  }

  #colour(style: Ink["fillStyle"]): string {
    return typeof style === "string" ? escaped(style) : (this.#gradients.get(style as CanvasGradient) ?? "none");
  }

  #alpha(): string {
    return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
  }
}

const short = (value: number) => String(Math.round(value * 1000) / 1000);

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] as string);
