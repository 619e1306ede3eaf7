/** All areas from above, and where the camera of the active viewport stands and looks. A click brings the camera there. */
import { type MouseEvent, useMemo } from "react";
import { useStore } from "zustand";
import { type Pose, viewAngle } from "../../scene/camera-rig.ts";
import { type Box, union, worldBox } from "../../scene/placement.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { t } from "../../ui/messages.ts";

/** CSS pixels of its longer side. */
const longest = 120;

export function MiniMap() {
  const { stores, scene, sceneStats } = useWorkbench();
  const on = useStore(stores.scene, (state) => state.minimap);
  const areas = useStore(stores.brain, (state) => state.areas);
  const selected = useStore(stores.selection, (state) => state.areas);
  // Told a few times a second while anything is drawn, which a moving camera is.
  useStore(sceneStats);
  const boxes = useMemo(() => areas.map((area) => ({ area, box: worldBox(area) })), [areas]);
  const all = useMemo(() => union(boxes.map(({ box }) => box)), [boxes]);
  if (!on || !all) return null;
  const { x, y, width, height } = seenFromAbove(all, 0.06);
  const scale = longest / Math.max(width, height);
  const lookThere = (event: MouseEvent<HTMLButtonElement>) => {
    // A key has no place: it frames all.
    if (event.detail === 0) return scene.frame("all");
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { pose } = scene;
    scene.goTo({ ...pose, target: [x + (event.clientX - left) / scale, pose.target[1], y + (event.clientY - top) / scale] });
  };
  return (
    <button type="button" className="scene-minimap" aria-label={t("scene.minimap")} title={t("scene.minimap")} onClick={lookThere}>
      <svg width={width * scale} height={height * scale} viewBox={`${x} ${y} ${width} ${height}`} aria-hidden>
        {boxes.map(({ area, box }) => {
          const rect = seenFromAbove(box, 0);
          return (
            <rect
              key={area.id}
              x={rect.x}
              y={rect.y}
              width={Math.max(rect.width, 2 / scale)}
              height={Math.max(rect.height, 2 / scale)}
              className={`minimap-area ${selected.includes(area.id) ? "minimap-selected" : ""}`}
              style={{ color: `var(--kind-${area.kind})` }}
            />
          );
        })}
        <path className="minimap-camera" d={cone(scene.pose, scene.size)} />
      </svg>
    </button>
  );
}

/** The world's x to the right, z down: what is near the viewer is below. */
function seenFromAbove({ min, max }: Box, margin: number) {
  const [width, height] = [max[0] - min[0], max[2] - min[2]];
  const room = Math.max(width, height) * margin;
  return { x: min[0] - room, y: min[2] - room, width: width + 2 * room, height: height + 2 * room };
}

/** From the eye to what it looks at, as wide as the view is there. */
function cone({ target: [x, , z], distance, azimuth, elevation }: Pose, size: { width: number; height: number }): string {
  const [sin, cos] = [Math.sin(azimuth), Math.cos(azimuth)];
  const back = distance * Math.cos(elevation);
  const half = distance * Math.tan(viewAngle / 2) * (size.width / Math.max(1, size.height));
  const points = [
    [x + sin * back, z + cos * back],
    [x - cos * half, z + sin * half],
    [x + cos * half, z - sin * half],
  ];
  return `M${points.map((point) => point.map((at) => at.toFixed(2)).join(" ")).join("L")}Z`;
}
