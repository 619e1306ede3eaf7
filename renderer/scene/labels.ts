/**
 * Names over the scene as HTML, so that they stay sharp and follow the text size of the system. Placed when the camera or the
 * areas move, never for a burst. Labels that would cover a more important one stay away.
 */
import type { Vec3 } from "#contracts/connectome.ts";
import { declutter, type LabelBox } from "./declutter.ts";

export interface SceneLabel {
  key: string;
  text: string;
  /** Shown before the text in the label's colour. */
  glyph: string;
  colour: string;
  at: Vec3;
  priority: number;
  /** `area`, `region` or `axis`: how it is drawn. */
  kind: "area" | "region" | "axis";
}
export type ProjectPoint = (at: Vec3) => { x: number; y: number; visible: boolean };

const mostLabels = 90;
const fontSize = { area: 12, region: 11, axis: 10 };
const lineHeight = 1.35;

export class Labels {
  readonly element: HTMLElement;
  #labels: readonly SceneLabel[] = [];
  /** Widths are measured when a label is first placed: then the page's font is known. */
  #nodes = new Map<string, { node: HTMLElement; width: number | null }>();
  #measure: CanvasRenderingContext2D | null;

  constructor(document: Document) {
    this.element = document.createElement("div");
    this.element.setAttribute("aria-hidden", "true");
    Object.assign(this.element.style, { position: "absolute", inset: "0", overflow: "hidden", pointerEvents: "none" });
    this.#measure = document.createElement("canvas").getContext("2d");
  }

  setLabels(labels: readonly SceneLabel[], style: { text: string; halo: string }): void {
    this.#labels = labels;
    this.#nodes = new Map(labels.map((label) => [label.key, this.#create(label, style)]));
    this.element.replaceChildren(...[...this.#nodes.values()].map(({ node }) => node));
  }

  /** `raise` lifts labels by key above their own priority: the selected and the hovered one. */
  place(project: ProjectPoint, raise: ReadonlyMap<string, number>): void {
    const boxes: (LabelBox & { key: string })[] = [];
    for (const label of this.#labels) {
      const { x, y, visible } = project(label.at);
      if (!visible) continue;
      const known = this.#nodes.get(label.key)!;
      known.width ??= this.#widthOf(label);
      const { width } = known;
      const height = fontSize[label.kind] * lineHeight;
      boxes.push({
        key: label.key,
        x: Math.round(x - width / 2),
        y: Math.round(y - height - 3),
        width,
        height,
        priority: label.priority + (raise.get(label.key) ?? 0),
      });
    }
    const shown = new Map([...declutter(boxes, mostLabels)].map((i) => [boxes[i]!.key, boxes[i]!]));
    for (const [key, { node }] of this.#nodes) {
      const box = shown.get(key);
      node.style.display = box ? "" : "none";
      if (box) node.style.transform = `translate(${box.x}px, ${box.y}px)`;
    }
  }

  #create(label: SceneLabel, { text, halo }: { text: string; halo: string }): { node: HTMLElement; width: null } {
    const node = this.element.ownerDocument.createElement("span");
    const glyph = this.element.ownerDocument.createElement("span");
    glyph.textContent = label.glyph === "" ? "" : `${label.glyph} `;
    glyph.style.color = label.colour;
    node.append(glyph, label.text);
    Object.assign(node.style, {
      position: "absolute",
      left: "0",
      top: "0",
      whiteSpace: "nowrap",
      fontSize: `${fontSize[label.kind]}px`,
      lineHeight: String(lineHeight),
      color: label.kind === "area" ? text : label.colour,
      fontStyle: label.kind === "region" ? "italic" : "normal",
      textShadow: `0 0 3px ${halo}, 0 0 3px ${halo}, 0 0 6px ${halo}`,
    });
    return { node, width: null };
  }

  #widthOf({ glyph, text, kind }: SceneLabel): number {
    const room = 6;
    if (!this.#measure) return (glyph.length + 1 + text.length) * fontSize[kind] * 0.6 + room;
    this.#measure.font = `${fontSize[kind]}px ${getComputedStyle(this.element).fontFamily}`;
    return Math.ceil(this.#measure.measureText(`${glyph} ${text}`).width) + room;
  }
}
