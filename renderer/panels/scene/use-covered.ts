/** Measures the toolbar and the legend and tells the scene how much of the picture they cover. */
import { type RefCallback, useMemo } from "react";
import { type Covered, usuallyCovered } from "../../scene/camera-rig.ts";
import type { SceneHandle } from "../../scene/scene-handle.ts";

export function useCovered(scene: SceneHandle): { toolbar: RefCallback<HTMLElement>; legend: RefCallback<HTMLElement> } {
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
        });
        observer.observe(element);
        return () => observer.disconnect();
      };
    return { toolbar: measure("top"), legend: measure("bottom") };
  }, [scene]);
}
