/**
 * One slice (fixed z) of an area as a grid to paint on, by pointer or by keyboard: arrows move, Space or Enter paints. Large
 * slices are shown in windows of at most 12 × 12 so that every cell stays a target one can hit.
 */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useStore } from "zustand";
import type { CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { voxelKey } from "../../shell/painting.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";

const most = 12;

export function SliceGrid({ area }: { area: CorticalArea }) {
  const { painting } = useWorkbench();
  const painted = useStore(painting, (state) => (state.area === area.id ? state.voxels : null));
  const [width, height, depth] = area.dimensions;
  const [z, setZ] = useState(0);
  const [corner, setCorner] = useState<[number, number]>([0, 0]);
  const [at, setAt] = useState<[number, number]>([0, 0]);
  const grid = useRef<HTMLDivElement>(null);
  const stroke = useRef<"add" | "remove" | null>(null);
  const columns = Math.min(most, width);
  const rows = Math.min(most, height);
  const { paint, toggle } = painting.getState();
  const has = (voxel: Vec3) => painted?.has(voxelKey(voxel)) ?? false;

  const voxelOf = (target: EventTarget): Vec3 | null => {
    const cell = target instanceof Element ? target.closest<HTMLElement>("[data-x]") : null;
    return cell ? [Number(cell.dataset.x), Number(cell.dataset.y), z] : null;
  };
  const begin = (event: PointerEvent) => {
    const voxel = voxelOf(event.target);
    if (!voxel || event.button !== 0) return;
    stroke.current = has(voxel) ? "remove" : "add";
    setAt([voxel[0], voxel[1]]);
    toggle(area.id, voxel);
  };
  const go = (event: PointerEvent) => {
    if (stroke.current === null || event.buttons === 0) return;
    const voxel = voxelOf(document.elementFromPoint(event.clientX, event.clientY) ?? event.target);
    if (!voxel || has(voxel) === (stroke.current === "add")) return;
    if (stroke.current === "add") paint(area.id, [voxel]);
    else toggle(area.id, voxel);
  };
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const step = steps[event.key];
    if (event.key === " " || event.key === "Enter") toggle(area.id, [at[0], at[1], z]);
    else if (!step) return;
    else {
      const next: [number, number] = [clamp(at[0] + step[0], 0, width - 1), clamp(at[1] + step[1], 0, height - 1)];
      setAt(next);
      setCorner([follow(corner[0], next[0], columns), follow(corner[1], next[1], rows)]);
      requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-x="${next[0]}"][data-y="${next[1]}"]`)?.focus());
    }
    event.preventDefault();
  };

  return (
    <div className="slice">
      {depth > 1 && (
        <NumberField
          label={t("stimulate.slice", { last: depth - 1 })}
          value={z}
          onCommit={setZ}
          minValue={0}
          maxValue={depth - 1}
          integer
        />
      )}
      {(width > most || height > most) && (
        <>
          <NumberField
            label={t("stimulate.fromX", { last: width - 1 })}
            value={corner[0]}
            minValue={0}
            maxValue={Math.max(0, width - columns)}
            integer
            onCommit={(x) => setCorner([x, corner[1]])}
          />
          <NumberField
            label={t("stimulate.fromY", { last: height - 1 })}
            value={corner[1]}
            minValue={0}
            maxValue={Math.max(0, height - rows)}
            integer
            onCommit={(y) => setCorner([corner[0], y])}
          />
        </>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a grid of buttons to paint on, not a data table */}
      <div
        ref={grid}
        className="slice-grid"
        role="grid"
        aria-label={t("stimulate.grid", { name: area.name, z: String(z) })}
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(8px, 26px))` }}
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={() => {
          stroke.current = null;
        }}
        onKeyDown={move}
      >
        {Array.from({ length: rows }, (_, row) => {
          const y = corner[1] + rows - 1 - row; // y points up
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: see above
            <div key={y} role="row" className="slice-row">
              {Array.from({ length: columns }, (_, column) => {
                const x = corner[0] + column;
                const on = has([x, y, z]);
                const current =
                  clamp(at[0], corner[0], corner[0] + columns - 1) === x && clamp(at[1], corner[1], corner[1] + rows - 1) === y;
                return (
                  // biome-ignore lint/a11y/useSemanticElements: see above
                  <span
                    key={x}
                    role="gridcell"
                    className="slice-cell"
                    data-x={x}
                    data-y={y}
                    aria-label={t("stimulate.cell", { x: String(x), y: String(y), z: String(z) })}
                    aria-selected={on}
                    tabIndex={current ? 0 : -1}
                  />
                );
              })}
            </div>
          );
        })}
      </div>
      <p className="field-note">{t("stimulate.gridNote", { width, height })}</p>
    </div>
  );
}

function clamp(value: number, least: number, largest: number): number {
  return Math.max(least, Math.min(largest, value));
}

/** The window's corner so that `at` stays inside. */
function follow(corner: number, at: number, size: number): number {
  return at < corner ? at : at >= corner + size ? at - size + 1 : corner;
}
