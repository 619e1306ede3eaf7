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
export function rasterColumn(frame: DecodedFrame, area: SceneArea, { rows, neuronsPerRow }: RasterRows): Float32Array {
  const column = new Float32Array(rows);
  const ids = frame.sections.find(({ area: index }) => index === area.index)?.ids ?? [];
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
