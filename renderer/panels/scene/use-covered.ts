/** Measures what lies over the picture, tools with badges above and the legend below, and tells the scene and the cards beside it how much that is. */
import { type RefCallback, useMemo } from "react";
import { type Covered, usuallyCovered } from "../../scene/camera-rig.ts";
import type { SceneHandle } from "../../scene/scene-handle.ts";

export function useCovered(scene: SceneHandle): { top: RefCallback<HTMLElement>; legend: RefCallback<HTMLElement> } {
  return useMemo(() => {
    let covered: Covered = usuallyCovered;
    const measure =
      (edge: keyof Covered): RefCallback<HTMLElement> =>
      (element) => {
        if (!element) return;
        const observer = new ResizeObserver(() => {
          const { offsetParent, offsetTop, offsetHeight } = element;
          if (!offsetParent) return;
          covered = { ...covered, [edge]: edge === "top" ? offsetTop + offsetHeight : offsetParent.clientHeight - offsetTop };
          scene.setCovered(covered);
          (offsetParent as HTMLElement).style.setProperty("--scene-top", `${covered.top}px`);
        });
        observer.observe(element);
        return () => observer.disconnect();
      };
    return { top: measure("top"), legend: measure("bottom") };
  }, [scene]);
}
