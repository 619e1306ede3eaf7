/**
 * The raster on its canvas: columns are kept on another one that is used as a ring (column = burst modulo width), so that a burst costs
 * one column and not one picture. Above stand the firings of each burst, to the right those of each row.
 */
import * as THREE from "three";
import type { SceneTheme } from "../scene-types.ts";
import type { Band } from "./bands.ts";
import type { RasterColumns } from "./columns.ts";

/** Room for scales and histograms, in CSS pixels. */
export const margins = { left: 46, bottom: 18, top: 24, right: 34 };
/** Less than this leaves the histograms out, in CSS pixels. */
const leastForHistograms = { width: 260, height: 120 };
const figure = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 }).format;
/** From one diagonal of the hatching to the next. */
const hatchPixels = 6;
/** CSS pixels between two figures on the scale, at least. */
const tickPixels = 96;
const tickSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

export interface RasterFrame {
  /** CSS pixels of the part with the columns, from the top left of the picture. */
  left: number;
  top: number;
  width: number;
  height: number;
  columnPixels: number;
  hasHistograms: boolean;
}

/** How a picture of a size is divided. */
export function frameOf(width: number, height: number, columnPixels: number): RasterFrame {
  const hasHistograms = width >= leastForHistograms.width && height >= leastForHistograms.height;
  const [top, right] = hasHistograms ? [margins.top, margins.right] : [0, 0];
  const columns = Math.max(1, Math.floor((width - margins.left - right) / columnPixels));
  return {
    left: margins.left,
    top,
    width: columns * columnPixels,
    height: Math.max(1, height - margins.bottom - top),
    columnPixels,
    hasHistograms,
  };
}

export class RasterPicture {
  readonly canvas = document.createElement("canvas");
  readonly #ring = document.createElement("canvas");
  readonly #picture = this.canvas.getContext("2d");
  readonly #columns = this.#ring.getContext("2d");
  #size = { width: 1, height: 1 };
  theme: SceneTheme;

  constructor(theme: SceneTheme) {
    this.theme = theme;
    Object.assign(this.canvas.style, { position: "absolute", inset: "0", display: "block" });
    this.canvas.setAttribute("aria-hidden", "true");
  }

  /** Makes room; the columns are to be drawn anew. */
  resize(width: number, height: number, columns: number, rows: number): void {
    this.#size = { width, height };
    this.#ring.width = columns;
    this.#ring.height = Math.max(1, rows);
    const ratio = window.devicePixelRatio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.#picture?.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  column(burst: number, shares: Float32Array | null): void {
    const at = burst % this.#ring.width;
    this.#columns?.clearRect(at, 0, 1, this.#ring.height);
    if (shares && shares.length > 0) this.#columns?.putImageData(this.#marks(shares), at, 0);
  }

  paint(known: RasterColumns, frame: RasterFrame, cursor: number | null): void {
    const picture = this.#picture;
    if (!picture) return;
    const { left, top, width, height, columnPixels } = frame;
    picture.fillStyle = this.theme.background;
    picture.fillRect(0, 0, this.#size.width, this.#size.height);
    picture.fillStyle = this.theme.grid;
    picture.fillRect(left - 1, top, 1, height);
    picture.fillRect(left - 1, top + height, width + 1, 1);
    const { last } = known;
    if (last === null || known.bands.length === 0) return;
    picture.imageSmoothingEnabled = false;
    // The column after the newest is the oldest: the ring is shown in two pieces.
    const columns = known.width;
    const split = (last % columns) + 1;
    const older = columns - split;
    for (const { firstRow, rows, top: above, height: own } of known.bands) {
      if (rows === 0) continue;
      const y = top + above;
      if (older > 0) picture.drawImage(this.#ring, split, firstRow, older, rows, left, y, older * columnPixels, own);
      picture.drawImage(this.#ring, 0, firstRow, split, rows, left + older * columnPixels, y, split * columnPixels, own);
    }
    this.#hatch(known, frame, last);
    this.#scales(known, frame, last);
    if (frame.hasHistograms) this.#histograms(known, frame, last);
    if (cursor !== null && cursor <= last && cursor > last - columns) {
      picture.fillStyle = this.theme.focus;
      picture.fillRect(left + width - (last - cursor) * columnPixels - columnPixels / 2 - 0.5, 0, 1, top + height);
    }
  }

  /** A row of many neurons shows a single firing still. */
  #marks(shares: Float32Array): ImageData {
    const image = new ImageData(1, shares.length);
    const hot = this.#hot();
    for (const [row, share] of shares.entries())
      if (share > 0) image.data.set([hot.r * 255, hot.g * 255, hot.b * 255, 255 * (0.45 + 0.55 * Math.sqrt(share))], row * 4);
    return image;
  }

  #hot(): THREE.Color {
    const { ramp, paper } = this.theme;
    return new THREE.Color(ramp[paper ? ramp.length - 1 : ramp.length - 2]);
  }

  /** Diagonals over runs of bursts that nobody told of. */
  #hatch(known: RasterColumns, { left, top, width, height, columnPixels }: RasterFrame, last: number): void {
    const picture = this.#picture!;
    picture.save();
    picture.beginPath();
    let any = false;
    for (let burst = Math.max(known.first ?? 0, known.oldest); burst <= last; burst++) {
      if (known.at(burst)?.shares) continue;
      any = true;
      picture.rect(left + width - (last - burst + 1) * columnPixels, top, columnPixels, height);
    }
    if (any) {
      picture.clip();
      picture.fillStyle = this.theme.grid;
      picture.globalAlpha = 0.6;
      picture.fillRect(left, top, width, height);
      picture.globalAlpha = 0.8;
      picture.strokeStyle = this.theme.secondary;
      picture.lineWidth = 1;
      picture.beginPath();
      // Diagonals move with their bursts.
      for (let x = -height - ((last * columnPixels) % hatchPixels); x < width; x += hatchPixels) {
        picture.moveTo(left + x, top + height);
        picture.lineTo(left + x + height, top);
      }
      picture.stroke();
    }
    picture.restore();
  }

  #scales(known: RasterColumns, { left, top, width, height, columnPixels }: RasterFrame, last: number): void {
    const picture = this.#picture!;
    picture.fillStyle = this.theme.secondary;
    picture.font = "10px system-ui, sans-serif";
    picture.textAlign = "right";
    for (const band of known.bands) {
      if (band.isFolded || band.count === 0) continue;
      const [first, end] = endsOf(band);
      picture.textBaseline = "top";
      picture.fillText(first, left - 5, top + band.top + 1);
      if (band.height < 24) continue;
      picture.textBaseline = "bottom";
      picture.fillText(end, left - 5, top + band.top + band.height);
    }
    picture.textBaseline = "top";
    picture.textAlign = "center";
    const step = tickSteps.find((one) => one * columnPixels >= tickPixels) ?? tickSteps.at(-1)!;
    const first = Math.max(known.first ?? 0, known.oldest);
    for (let burst = Math.ceil(first / step) * step; burst <= last; burst += step) {
      const x = left + width - (last - burst + 0.5) * columnPixels;
      picture.fillRect(x, top + height, 1, 4);
      // The newest figure moves in from the edge whole, the oldest out.
      if (x <= left + width - 14 && x >= left + 6) picture.fillText(figure(burst), x, top + height + 5);
    }
  }

  /** Both against their largest, which is written. */
  #histograms(known: RasterColumns, { left, top, width, height, columnPixels }: RasterFrame, last: number): void {
    const picture = this.#picture!;
    const rows = new Float32Array(this.#ring.height);
    const bursts: { x: number; fired: number }[] = [];
    for (let burst = Math.max(known.first ?? 0, known.oldest); burst <= last; burst++) {
      const shares = known.at(burst)?.shares;
      if (!shares) continue;
      let fired = 0;
      for (const band of known.bands)
        for (let row = 0; row < band.rows; row++) {
          const share = shares[band.firstRow + row]!;
          if (share === 0) continue;
          rows[band.firstRow + row]! += share;
          fired += share * Math.min(band.neuronsPerRow, band.count - row * band.neuronsPerRow);
        }
      bursts.push({ x: left + width - (last - burst + 1) * columnPixels, fired });
    }
    const most = Math.max(1, ...bursts.map(({ fired }) => fired));
    picture.fillStyle = this.theme.secondary;
    const room = top - 3;
    for (const { x, fired } of bursts) {
      const bar = (fired / most) * room;
      picture.fillRect(x, top - 1 - bar, Math.max(1, columnPixels - (columnPixels > 2 ? 1 : 0)), bar);
    }
    picture.textAlign = "right";
    picture.textBaseline = "top";
    picture.fillText(figure(most), left - 5, 1);
    const mostOften = Math.max(1e-9, ...rows);
    for (const band of known.bands)
      for (let row = 0; row < band.rows; row++) {
        const bar = (rows[band.firstRow + row]! / mostOften) * (margins.right - 6);
        const y = top + band.top + (row / band.rows) * band.height;
        picture.fillRect(left + width + 4, y, bar, Math.max(0.5, band.height / band.rows));
      }
    picture.fillRect(left + width + 2, top, 1, height);
  }
}

/** Written beside a band: ids where they run on, else ranks. */
function endsOf({ area, order, from, count }: Band): [string, string] {
  const first = order ? 1 : (area.firstNeuron ?? 0);
  return [figure(first + from), figure(first + from + count - 1)];
}
