/**
 * The mark of a breakpoint beside the name of the area it looks at; where there was no room for the name, over the area. Round pauses, a
 * diamond only logs, hollow is off. A press says so to whoever holds the breakpoints; for the keyboard the explorer has the same marks.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import type { Rect } from "./declutter.ts";
import type { Box } from "./placement.ts";
import type { BreakpointMark, SceneTheme } from "./scene-types.ts";
import { type Ink, pathOf } from "./svg-ink.ts";

/** CSS pixels that a name leaves for a mark before it. */
export const markRoom = 16;
/** Names with a mark choose their place before the others, after what is selected or pointed at. */
export const markedFirst = 30;
/** Its side, and what of it takes a press. */
const size = 14;
const target = 24;
const paths: Readonly<Record<BreakpointMark["action"], string>> = {
  pause: "M7 2.5A4.5 4.5 0 1 1 6.99 2.5Z",
  log: "M7 1.8L12.2 7L7 12.2L1.8 7Z",
};
const svg = "http://www.w3.org/2000/svg";

interface Node {
  element: HTMLElement;
  mark: BreakpointMark;
  /** Its middle; null: not in the picture. */
  at: { x: number; y: number } | null;
}
interface Projection {
  rectOf(box: Box): Rect | null;
}

export class BreakpointMarks {
  readonly element: HTMLElement;
  #nodes = new Map<CorticalId, Node>();
  #colours = { mark: "", halo: "" };
  readonly #onPress: (area: CorticalId) => void;

  constructor(document: Document, onPress: (area: CorticalId) => void) {
    this.#onPress = onPress;
    this.element = document.createElement("div");
    this.element.setAttribute("aria-hidden", "true");
    Object.assign(this.element.style, { position: "absolute", inset: "0", overflow: "hidden", pointerEvents: "none" });
  }

  set(marks: ReadonlyMap<CorticalId, BreakpointMark>, { breakpoint, background }: Pick<SceneTheme, "breakpoint" | "background">): void {
    this.#colours = { mark: breakpoint, halo: background };
    this.#nodes = new Map([...marks].map(([area, mark]) => [area, { element: this.#create(area, mark), mark, at: null }]));
    this.element.replaceChildren(...[...this.#nodes.values()].map(({ element }) => element));
  }

  /** `names`: where names are, of those that are shown. */
  place(view: Projection, boxes: ReadonlyMap<CorticalId, Box>, names: ReadonlyMap<CorticalId, Rect>): void {
    for (const [area, node] of this.#nodes) {
      const name = names.get(area);
      const box = boxes.get(area);
      const rect = name === undefined && box ? view.rectOf(box) : null;
      if (name) node.at = { x: name.x + markRoom / 2, y: name.y + name.height / 2 };
      else node.at = rect && { x: rect.x + rect.width / 2, y: Math.max(target / 2, rect.y - size / 2 - 2) };
      node.element.style.display = node.at ? "" : "none";
      if (node.at) node.element.style.transform = `translate(${node.at.x - target / 2}px, ${node.at.y - target / 2}px)`;
    }
  }

  /** For a figure. */
  paint(context: Ink): void {
    for (const { at, mark } of this.#nodes.values()) {
      if (!at) continue;
      context.save();
      context.translate(at.x - size / 2, at.y - size / 2);
      context.strokeStyle = this.#colours.mark;
      context.fillStyle = mark.armed ? this.#colours.mark : this.#colours.halo;
      context.lineWidth = 1.6;
      context.fill(pathOf(paths[mark.action]));
      context.stroke(pathOf(paths[mark.action]));
      context.restore();
    }
  }

  #create(area: CorticalId, { action, armed, text }: BreakpointMark): HTMLElement {
    const { ownerDocument: document } = this.element;
    const element = document.createElement("span");
    element.title = text;
    Object.assign(element.dataset, { area, state: armed ? action : "off" });
    Object.assign(element.style, {
      ...{ position: "absolute", left: "0", top: "0", width: `${target}px`, height: `${target}px` },
      ...{ display: "none", placeItems: "center", cursor: "pointer", pointerEvents: "auto" },
    });
    const drawing = document.createElementNS(svg, "svg");
    drawing.setAttribute("viewBox", `0 0 ${size} ${size}`);
    drawing.setAttribute("width", String(size));
    drawing.style.cssText = `position:absolute;inset:${(target - size) / 2}px`;
    const path = document.createElementNS(svg, "path");
    path.setAttribute("d", paths[action]);
    path.setAttribute("fill", armed ? this.#colours.mark : this.#colours.halo);
    path.setAttribute("stroke", this.#colours.mark);
    path.setAttribute("stroke-width", "1.6");
    drawing.append(path);
    element.append(drawing);
    // A press is for the mark, not the beginning of a drag.
    element.addEventListener("pointerdown", (event) => event.stopPropagation());
    element.addEventListener("click", () => this.#onPress(area));
    return element;
  }
}
