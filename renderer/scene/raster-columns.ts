/** The arithmetic of the raster: which row a neuron is in, how full a row is, and which bursts have no frame. */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import type { SceneArea } from "./scene-types.ts";

export interface RasterRows {
  rows: number;
  /** More than one where the area has more neurons than the picture has rows. */
  neuronsPerRow: number;
}

export function rasterRows(neurons: number, mostRows: number): RasterRows {
  const neuronsPerRow = Math.max(1, Math.ceil(neurons / Math.max(1, mostRows)));
  return { rows: Math.ceil(neurons / neuronsPerRow), neuronsPerRow };
}

/** Share of each row's neurons that fired in a frame. */
export function rasterColumn(frame: DecodedFrame, area: SceneArea, layout: RasterRows): Float32Array {
  return columnOf(frame.sections.find(({ area: index }) => index === area.index)?.ids ?? [], area, layout);
}

/** The same of the neurons that fired. */
export function columnOf(ids: Iterable<number>, area: SceneArea, { rows, neuronsPerRow }: RasterRows): Float32Array {
  const column = new Float32Array(rows);
  for (const id of ids) {
    const row = Math.floor((id - (area.firstNeuron ?? 0)) / neuronsPerRow);
    if (row >= 0 && row < rows) column[row]! += 1;
  }
  for (let row = 0; row < rows; row++) {
    const inRow = Math.min(neuronsPerRow, area.neurons - row * neuronsPerRow);
    column[row]! /= inRow;
  }
  return column;
}

/** Columns to append for a frame: bursts that were left out (null) up to the width of the picture, then the frame's own. */
export function columnsFor(lastBurst: number | null, burst: number, width: number): { burst: number; gap: boolean }[] {
  const first = lastBurst === null ? burst : Math.max(lastBurst + 1, burst - width + 1);
  return Array.from({ length: burst - first + 1 }, (_, i) => ({ burst: first + i, gap: first + i < burst }));
}

/** As the recording tells of one area: a row a spike, bursts ascending. */
export interface RecordedSpikes {
  from: number;
  to: number;
  /** More than there are rows where the answer was cut at its end. */
  count: number;
  bursts: readonly number[];
  neurons: readonly number[];
}

/** Burst by burst who fired, silent bursts too; of an answer that was cut only the bursts that are whole. */
export function wholeBursts({ from, to, count, bursts, neurons }: RecordedSpikes): Map<number, number[]> {
  const last = bursts.length < count ? (bursts.at(-1) ?? from) - 1 : to;
  const told = new Map<number, number[]>(Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => [from + i, []]));
  for (const [row, burst] of bursts.entries()) told.get(burst)?.push(neurons[row] as number);
  return told;
}
