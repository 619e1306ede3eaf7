/**
 * The raster: bursts across, neurons of one area down, a mark where a neuron fired. Columns are appended to a canvas that is
 * used as a ring (column = burst modulo width), so that a burst costs one column and not one picture. Bursts without a frame
 * are hatched over the whole height, never shown as silence, until what the recording holds of them is filled in.
 */
import * as THREE from "three";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import type { FrameInbox } from "../bridge/frame-inbox.ts";
import { columnOf, columnsFor, type RasterRows, type RecordedSpikes, rasterColumn, rasterRows, wholeBursts } from "./raster-columns.ts";
import type { SceneArea, SceneTheme } from "./scene-types.ts";

export interface RasterOptions {
  frames: FrameInbox;
  theme: SceneTheme;
}

export interface RasterHandle {
  mount(container: HTMLElement): void;
  unmount(): void;
  dispose(): void;
  setTheme(theme: SceneTheme): void;
  /** `generation` of the brain the area is of; frames of another are not shown. */
  setArea(area: SceneArea | null, generation?: number): void;
  /** The newest stretch of bursts in the picture that no frame told of, of those that are recorded; null: none. `newest`: where the brain stands. */
  missing(newest: number, first: number): { from: number; to: number } | null;
  /** Calls after each drawing; returns the way to stop. */
  onDrawn(listener: () => void): () => void;
  /** Fills in what the recording holds of an area; of another than is shown nothing is taken. */
  fill(area: string, spikes: RecordedSpikes): void;
  /** What is under a point of the window. */
  at(clientX: number, clientY: number): { burst: number; neuron: number } | null;
  /** The first neuron of the row at a height of the window. */
  neuronAt(clientY: number): number | null;
  /** How far down the picture the row of a neuron has its middle, in CSS pixels; null where it has none. */
  rowOf(neuron: number): number | null;
  stats(): { bursts: number; rows: number; neuronsPerRow: number };
}

/** Room for the scales, and the width of one burst, in CSS pixels. */
const left = 46;
const bottom = 18;
const columnPixels = 2;
const figure = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 }).format;
/** From one diagonal of the hatching to the next. */
const hatchPixels = 6;
/** Bursts between two figures on the scale. */
const tickBursts = 50;
/** Bursts asked of the recording at a time. */
const askedBursts = 256;
/** Of a column of the ring: it is drawn, no frame told of it, or the recording could not tell either. */
const [drawn, gap, unknown] = [0, 1, 2];

export function createRaster({ frames, theme: firstTheme }: RasterOptions): RasterHandle {
  const canvas = document.createElement("canvas");
  Object.assign(canvas.style, { position: "absolute", inset: "0", display: "block" });
  canvas.setAttribute("aria-hidden", "true");
  const picture = canvas.getContext("2d");
  const ring = document.createElement("canvas");
  const columns = ring.getContext("2d");
  let theme = firstTheme;
  let area: SceneArea | null = null;
  let layout: RasterRows & { width: number; height: number } = { rows: 0, neuronsPerRow: 1, width: 0, height: 0 };
  let generation: number | undefined;
  let lastBurst: number | null = null;
  let firstBurst: number | null = null;
  /** How it stands with each column of the ring. */
  let states = new Uint8Array(1);
  let container: HTMLElement | null = null;

  const listeners = new Set<() => void>();

  const resize = new ResizeObserver(() => rebuild());
  const stopFrames = frames.onFrames((batch) => {
    if (!container || !area) return;
    const first = batch[0];
    if (first && lastBurst !== null && first.burst <= lastBurst) return rebuild();
    for (const frame of batch) append(frame);
    paint();
    for (const listener of listeners) listener();
  });

  return {
    mount(into) {
      container = into;
      into.append(canvas);
      resize.observe(into);
      rebuild();
    },
    unmount() {
      if (container) resize.unobserve(container);
      container = null;
      canvas.remove();
    },
    dispose() {
      this.unmount();
      stopFrames();
      resize.disconnect();
    },
    setTheme(next) {
      theme = next;
      rebuild();
    },
    setArea(next, ofGeneration) {
      generation = ofGeneration;
      area = next?.firstNeuron === undefined ? null : next;
      rebuild();
    },
    missing(newest, first) {
      if (!container || !area || newest < first) return null;
      // Nothing was drawn since the window or the view was opened: the picture begins where the brain stands.
      if (lastBurst === null) [firstBurst, lastBurst] = [newest + 1, newest];
      const from = Math.max(first, oldest(lastBurst));
      const isMissing = (burst: number) => burst < (firstBurst ?? 0) || states[burst % layout.width] === gap;
      for (let to = Math.min(lastBurst, newest); to >= from; to--) {
        if (isMissing(to)) return { from: Math.max(from, to - askedBursts + 1), to };
      }
      return null;
    },
    onDrawn(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fill(of, spikes) {
      if (!area || area.id !== of || lastBurst === null) return;
      const told = wholeBursts(spikes);
      const before = firstBurst ?? lastBurst + 1;
      for (let burst = Math.max(spikes.from, oldest(lastBurst)); burst <= Math.min(spikes.to, lastBurst); burst++) {
        if (burst >= before && states[burst % layout.width] === drawn) continue;
        const ids = told.get(burst);
        if (ids) draw(burst, columnOf(ids, area, layout));
        else blank(burst, unknown);
      }
      firstBurst = Math.max(oldest(lastBurst), Math.min(before, spikes.from));
      paint();
    },
    at(clientX, clientY) {
      if (!area || lastBurst === null) return null;
      const box = canvas.getBoundingClientRect();
      const back = Math.floor((box.left + left + layout.width * columnPixels - clientX) / columnPixels);
      const neuron = this.neuronAt(clientY);
      const burst = lastBurst - back;
      if (back < 0 || back >= layout.width || neuron === null || burst < (firstBurst ?? 0)) return null;
      return { burst, neuron };
    },
    neuronAt(clientY) {
      const row = Math.floor(((clientY - canvas.getBoundingClientRect().top) / layout.height) * layout.rows);
      return !area || row < 0 || row >= layout.rows ? null : (area.firstNeuron ?? 0) + row * layout.neuronsPerRow;
    },
    rowOf(neuron) {
      const row = area ? Math.floor((neuron - (area.firstNeuron ?? 0)) / layout.neuronsPerRow) : -1;
      return row < 0 || row >= layout.rows ? null : ((row + 0.5) / layout.rows) * layout.height;
    },
    stats: () => ({
      bursts: lastBurst === null || firstBurst === null ? 0 : Math.min(layout.width, lastBurst - firstBurst + 1),
      rows: layout.rows,
      neuronsPerRow: layout.neuronsPerRow,
    }),
  };

  /** Draws all frames in memory anew: another area, size or theme, or a brain that went back. */
  function rebuild(): void {
    lastBurst = null;
    firstBurst = null;
    if (!container) return;
    const width = Math.max(1, Math.floor((container.clientWidth - left) / columnPixels));
    const height = Math.max(1, container.clientHeight - bottom);
    layout = { ...rasterRows(area?.neurons ?? 0, height), width, height };
    ring.width = width;
    states = new Uint8Array(width);
    ring.height = Math.max(1, layout.rows);
    const ratio = window.devicePixelRatio;
    canvas.width = Math.round(container.clientWidth * ratio);
    canvas.height = Math.round(container.clientHeight * ratio);
    Object.assign(canvas.style, { width: `${container.clientWidth}px`, height: `${container.clientHeight}px` });
    picture?.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (area) for (const frame of frames.recent.frames) append(frame);
    paint();
    for (const listener of listeners) listener();
  }

  function append(frame: DecodedFrame): void {
    if (!columns || !area || (generation !== undefined && frame.generation !== generation)) return;
    for (const { burst, gap: isGap } of columnsFor(lastBurst, frame.burst, layout.width)) {
      if (isGap) blank(burst);
      else draw(burst, rasterColumn(frame, area, layout));
      firstBurst ??= burst;
      lastBurst = burst;
    }
  }

  function draw(burst: number, shares: Float32Array): void {
    states[burst % layout.width] = drawn;
    columns?.putImageData(marks(shares), burst % layout.width, 0);
  }

  function blank(burst: number, state = gap): void {
    states[burst % layout.width] = state;
    columns?.clearRect(burst % layout.width, 0, 1, layout.rows);
  }

  /** The oldest burst that has a column. */
  function oldest(newest: number): number {
    return Math.max(0, newest - layout.width + 1);
  }

  function marks(shares: Float32Array): ImageData {
    const image = new ImageData(1, Math.max(1, layout.rows));
    const hot = new THREE.Color(theme.ramp[theme.paper ? theme.ramp.length - 1 : theme.ramp.length - 2]);
    for (const [row, share] of shares.entries()) {
      // A row of many neurons shows a single firing still.
      if (share > 0) image.data.set([hot.r * 255, hot.g * 255, hot.b * 255, 255 * (0.45 + 0.55 * Math.sqrt(share))], row * 4);
    }
    return image;
  }

  /** Diagonals over runs of bursts without a frame. */
  function hatch(newest: number): void {
    if (!picture) return;
    const { width, height } = layout;
    picture.save();
    picture.beginPath();
    let any = false;
    for (let back = 0; back < width; back++) {
      const burst = newest - back;
      if (burst < (firstBurst ?? 0) || states[burst % width] === drawn) continue;
      any = true;
      picture.rect(left + (width - 1 - back) * columnPixels, 0, columnPixels, height);
    }
    if (any) {
      picture.clip();
      picture.fillStyle = theme.grid;
      picture.globalAlpha = 0.6;
      picture.fillRect(left, 0, width * columnPixels, height);
      picture.globalAlpha = 0.8;
      picture.strokeStyle = theme.secondary;
      picture.lineWidth = 1;
      picture.beginPath();
      // Diagonals move with their bursts.
      const from = -height - ((newest * columnPixels) % hatchPixels);
      for (let x = from; x < width * columnPixels; x += hatchPixels) {
        picture.moveTo(left + x, height);
        picture.lineTo(left + x + height, 0);
      }
      picture.stroke();
    }
    picture.restore();
  }

  function paint(): void {
    if (!picture || !container) return;
    const { width, height } = layout;
    picture.fillStyle = theme.background;
    picture.fillRect(0, 0, container.clientWidth, container.clientHeight);
    picture.fillStyle = theme.grid;
    picture.fillRect(left - 1, 0, 1, height);
    picture.fillRect(left - 1, height, width * columnPixels + 1, 1);
    if (!area || lastBurst === null) return;
    picture.imageSmoothingEnabled = false;
    // The column after the newest is the oldest: the ring is shown in two pieces.
    const split = (lastBurst % width) + 1;
    const older = width - split;
    if (older > 0) picture.drawImage(ring, split, 0, older, layout.rows, left, 0, older * columnPixels, height);
    picture.drawImage(ring, 0, 0, split, layout.rows, left + older * columnPixels, 0, split * columnPixels, height);
    hatch(lastBurst);
    scales(lastBurst);
  }

  function scales(newest: number): void {
    if (!picture || !area) return;
    picture.fillStyle = theme.secondary;
    picture.font = "10px system-ui, sans-serif";
    picture.textBaseline = "top";
    picture.textAlign = "right";
    picture.fillText(figure(area.firstNeuron ?? 0), left - 5, 1);
    picture.textBaseline = "bottom";
    picture.fillText(figure((area.firstNeuron ?? 0) + area.neurons - 1), left - 5, layout.height);
    picture.textBaseline = "top";
    picture.textAlign = "center";
    const first = Math.max(firstBurst ?? 0, oldest(newest));
    for (let burst = Math.ceil(first / tickBursts) * tickBursts; burst <= newest; burst += tickBursts) {
      const x = left + (layout.width - (newest - burst)) * columnPixels;
      picture.fillRect(x - columnPixels, layout.height, 1, 4);
      // The newest figure moves in from the edge whole.
      if (newest - burst >= 8) picture.fillText(figure(burst), x, layout.height + 5);
    }
  }
}
