/**
 * Names over the scene as HTML, so that they stay sharp and follow the text size of the system, and the brackets around what is
 * selected. Placed when the camera or the areas move, never for a burst. A name that finds no room stays away.
 */
import type { Vec3 } from "#contracts/connectome.ts";
import type { Covered } from "./camera-rig.ts";
import { declutter, type LabelWish, type Rect } from "./declutter.ts";
import { labelPlaces, shortName } from "./label-places.ts";
import type { Box } from "./placement.ts";
import { type Ink, pathOf } from "./svg-ink.ts";

export interface SceneLabel {
  key: string;
  text: string;
  /** Shown before the text in the label's colour. */
  glyph: string;
  colour: string;
  /** A box is named above it, a point where it is. */
  at: Vec3 | Box;
  priority: number;
  /** CSS pixels kept free before the name. */
  indent?: number;
  /** `area`, `region` or `axis`: how it is drawn. */
  kind: "area" | "region" | "axis";
}
export interface LabelStyle {
  text: string;
  halo: string;
  secondary: string;
  focus: string;
}
export interface LabelMarks {
  selected: string | null;
  hovered: string | null;
}
interface Projection {
  onCanvas(at: Vec3): { x: number; y: number; visible: boolean };
  rectOf(box: Box): Rect | null;
}
interface Node {
  element: HTMLElement;
  name: Text;
  /** Measured when it is first placed: then the page's font is known. */
  width: number | null;
  before: number | undefined;
  marked: boolean;
}

const mostLabels = 40;
const mostLeaders = 12;
const fontSize = { area: 12, region: 11, axis: 10 };
const lineHeight = 1.35;
const svg = "http://www.w3.org/2000/svg";
/** Brackets keep this far from what they hold, and hold at least so much, in pixels. */
const bracketRoom = 6;
const leastBracket = 26;

export class Labels {
  readonly element: HTMLElement;
  #labels: readonly SceneLabel[] = [];
  #nodes = new Map<string, Node>();
  readonly #shown = new Map<string, Rect>();
  #style: LabelStyle = { text: "", halo: "", secondary: "", focus: "" };
  readonly #leaders: SVGPathElement;
  readonly #bracketHalo: SVGPathElement;
  readonly #brackets: SVGPathElement;
  readonly #drawing: SVGSVGElement;
  #measure: CanvasRenderingContext2D | null;

  constructor(document: Document) {
    this.element = document.createElement("div");
    this.element.setAttribute("aria-hidden", "true");
    Object.assign(this.element.style, {
      position: "absolute",
      inset: "0",
      overflow: "hidden",
      pointerEvents: "none",
      isolation: "isolate",
    });
    this.#measure = document.createElement("canvas").getContext("2d");
    this.#drawing = document.createElementNS(svg, "svg");
    Object.assign(this.#drawing.style, { position: "absolute", inset: "0", width: "100%", height: "100%" });
    [this.#leaders, this.#bracketHalo, this.#brackets] = [1, 5, 2].map((width) => {
      const path = document.createElementNS(svg, "path");
      path.setAttribute("fill", "none");
      path.setAttribute("stroke-width", String(width));
      this.#drawing.append(path);
      return path;
    }) as [SVGPathElement, SVGPathElement, SVGPathElement];
    this.#bracketHalo.setAttribute("opacity", "0.8");
  }

  setLabels(labels: readonly SceneLabel[], style: LabelStyle): void {
    this.#labels = labels;
    this.#style = style;
    this.#nodes = new Map(labels.map((label) => [label.key, this.#create(label)]));
    this.#leaders.setAttribute("stroke", style.secondary);
    this.#leaders.setAttribute("opacity", "0.55");
    this.#bracketHalo.setAttribute("stroke", style.halo);
    this.#brackets.setAttribute("stroke", style.focus);
    this.element.replaceChildren(this.#drawing, ...[...this.#nodes.values()].map(({ element }) => element));
  }

  /**
   * The selected and the hovered one come before all others and with their whole name. `boxes`: every area, named or not;
   * nothing is placed where panels cover the view.
   */
  place(view: Projection, boxes: ReadonlyMap<string, Box>, { selected, hovered }: LabelMarks, { top, bottom }: Covered): void {
    const { clientWidth, clientHeight } = this.element;
    const within = { x: 4, y: top, width: clientWidth - 8, height: clientHeight - top - bottom };
    const rects = new Map<string, Rect>();
    for (const [key, box] of boxes) {
      const rect = view.rectOf(box);
      if (rect) rects.set(key, rect);
    }
    const indices = new Map([...rects.keys()].map((key, i) => [key, i]));
    const wishes: (LabelWish & { key: string; near: number })[] = [];
    for (const label of this.#labels) {
      const marked = label.key === selected || label.key === hovered;
      const node = this.#nodes.get(label.key)!;
      this.#mark(node, label, marked, label.key === selected);
      node.width ??= this.#widthOf(label, marked);
      const size = { width: node.width, height: fontSize[label.kind] * lineHeight + (marked ? 4 : 0) };
      const priority = label.priority + (label.key === selected ? 100 : marked ? 50 : 0);
      if ("min" in label.at) {
        const rect = rects.get(label.key);
        if (!rect) continue;
        const room = label.key === selected ? bracketed(rect) : rect;
        const own = indices.get(label.key)!;
        const { near, places } = labelPlaces(room, size.width, size.height);
        // What is pointed at has its name in the picture, wherever its box reaches.
        if (marked) places.splice(near, 0, inside(places[0]!, within));
        wishes.push({ key: label.key, near: marked ? near + 1 : near, places, priority, own, before: node.before, must: marked });
      } else {
        const { x, y, visible } = view.onCanvas(label.at);
        if (!visible) continue;
        const place = { x: Math.round(x - size.width / 2), y: Math.round(y - size.height - 3), ...size };
        wishes.push({ key: label.key, near: 1, places: [place], priority, before: undefined });
      }
    }
    const shown = declutter(wishes, [...rects.values()], { labels: mostLabels, lines: mostLeaders, within });
    const places = new Map([...shown].map(([i, at]) => [wishes[i]!.key, { at, wish: wishes[i]! }]));
    const leaders: string[] = [];
    this.#shown.clear();
    for (const [key, node] of this.#nodes) {
      const found = places.get(key);
      node.element.style.display = found ? "" : "none";
      node.before = found?.at;
      if (!found) continue;
      const place = found.wish.places[found.at]!;
      node.element.style.transform = `translate(${place.x}px, ${place.y}px)`;
      this.#shown.set(key, place);
      if (found.at >= found.wish.near) leaders.push(leader(place, rects.get(key)!));
    }
    this.#leaders.setAttribute("d", leaders.join(""));
    const marked = selected === null ? undefined : rects.get(selected);
    const path = marked ? brackets(bracketed(marked)) : "";
    this.#bracketHalo.setAttribute("d", path);
    this.#brackets.setAttribute("d", path);
  }

  /** Where the name of each area is, of those that are shown. */
  get shown(): ReadonlyMap<string, Rect> {
    return this.#shown;
  }

  /** What is shown, for a figure; the origin is the corner of its part, one unit a CSS pixel. */
  paint(context: Ink): void {
    const { text, halo } = this.#style;
    const family = getComputedStyle(this.element).fontFamily;
    for (const path of [this.#leaders, this.#bracketHalo, this.#brackets]) {
      context.strokeStyle = path.getAttribute("stroke") ?? text;
      context.lineWidth = Number(path.getAttribute("stroke-width"));
      context.globalAlpha = Number(path.getAttribute("opacity") ?? 1);
      context.stroke(pathOf(path.getAttribute("d") ?? ""));
    }
    context.globalAlpha = 1;
    context.textBaseline = "top";
    context.lineJoin = "round";
    for (const label of this.#labels) {
      const { element, name, marked } = this.#nodes.get(label.key)!;
      const at = /translate\((-?[\d.]+)px, (-?[\d.]+)px\)/.exec(element.style.transform);
      if (element.style.display === "none" || !at) continue;
      const slant = label.kind === "region" ? "italic " : "";
      context.font = `${slant}${marked ? "600 " : ""}${fontSize[label.kind]}px ${family}`;
      const [x, y] = [Number(at[1]) + (marked ? 6 : 0) + (label.indent ?? 0), Number(at[2]) + (marked ? 4 : 1)];
      const sign = label.glyph === "" ? "" : `${label.glyph} `;
      context.strokeStyle = halo;
      context.lineWidth = 3;
      context.strokeText(sign + name.data, x, y);
      context.fillStyle = label.colour;
      context.fillText(sign, x, y);
      context.fillStyle = label.kind === "area" ? text : label.colour;
      context.fillText(name.data, x + context.measureText(sign).width, y);
    }
  }

  #create(label: SceneLabel): Node {
    const { ownerDocument: document } = this.element;
    const element = document.createElement("span");
    const glyph = document.createElement("span");
    glyph.textContent = label.glyph === "" ? "" : `${label.glyph} `;
    glyph.style.color = label.colour;
    const name = document.createTextNode(shortName(label.text));
    element.append(glyph, name);
    const { text, halo } = this.#style;
    element.style.textIndent = `${label.indent ?? 0}px`;
    Object.assign(element.style, {
      position: "absolute",
      left: "0",
      top: "0",
      whiteSpace: "nowrap",
      borderRadius: "4px",
      fontSize: `${fontSize[label.kind]}px`,
      lineHeight: String(lineHeight),
      color: label.kind === "area" ? text : label.colour,
      fontStyle: label.kind === "region" ? "italic" : "normal",
      textShadow: `0 0 3px ${halo}, 0 0 3px ${halo}, 0 0 6px ${halo}`,
    });
    return { element, name, width: null, before: undefined, marked: false };
  }

  #mark(node: Node, label: SceneLabel, marked: boolean, selected: boolean): void {
    const { halo, focus, secondary } = this.#style;
    if (node.marked !== marked) {
      node.marked = marked;
      node.width = null;
      node.name.data = marked ? label.text : shortName(label.text);
      Object.assign(node.element.style, {
        padding: marked ? "2px 6px" : "",
        fontWeight: marked ? "600" : "",
        background: marked ? halo : "",
        zIndex: marked ? "1" : "",
      });
    }
    node.element.style.boxShadow = marked ? `0 0 0 ${selected ? 1.5 : 1}px ${selected ? focus : secondary}` : "";
  }

  #widthOf({ glyph, text, kind, indent = 0 }: SceneLabel, marked: boolean): number {
    const shown = `${glyph} ${marked ? text : shortName(text)}`;
    const room = (marked ? 16 : 6) + indent;
    if (!this.#measure) return shown.length * fontSize[kind] * 0.6 + room;
    this.#measure.font = `${marked ? "600 " : ""}${fontSize[kind]}px ${getComputedStyle(this.element).fontFamily}`;
    return Math.ceil(this.#measure.measureText(shown).width) + room;
  }
}

function inside(place: Rect, { x, y, width, height }: Rect): Rect {
  return {
    ...place,
    x: Math.max(x, Math.min(place.x, x + width - place.width)),
    y: Math.max(y, Math.min(place.y, y + height - place.height)),
  };
}

/** From the nearest point of a label to the middle of its box. */
function leader(label: Rect, { x, y, width, height }: Rect): string {
  const [toX, toY] = [x + width / 2, y + height / 2];
  const fromX = Math.min(Math.max(toX, label.x + 2), label.x + label.width - 4);
  const fromY = Math.min(Math.max(toY, label.y + 2), label.y + label.height - 2);
  return `M${fromX} ${fromY}L${toX} ${toY}`;
}

function bracketed({ x, y, width, height }: Rect): Rect {
  const [moreX, moreY] = [width, height].map((size) => Math.max(bracketRoom, (leastBracket - size) / 2)) as [number, number];
  return { x: x - moreX, y: y - moreY, width: width + 2 * moreX, height: height + 2 * moreY };
}

/** The four corners of a rectangle. */
function brackets({ x, y, width, height }: Rect): string {
  const arm = Math.min(14, Math.max(6, Math.min(width, height) / 4));
  return [0, 1, 2, 3]
    .map((corner) => {
      const [right, low] = [corner & 1, corner >> 1];
      const [cx, cy] = [right ? x + width : x, low ? y + height : y];
      return `M${cx + (right ? -arm : arm)} ${cy}H${cx}V${cy + (low ? -arm : arm)}`;
    })
    .join("");
}
