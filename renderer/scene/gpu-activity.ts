/**
 * Firings on a graphics card: frames are scattered into pages of stamps, and each area is drawn from its page at the level of detail that
 * its voxels have room for. Nothing decays on the CPU.
 */
import * as THREE from "three";
import { type Activity, type ActivityCounts, noCounts, type SharedUniforms, setCutUniforms } from "./activity.ts";
import { type AreaDraws, drawsOf } from "./area-draws.ts";
import { cubeBudget, type DetailForm, levelFor, levels, pointLevel } from "./brick-lod.ts";
import { ageLight } from "./scene-types.ts";
import { StampPages } from "./stamp-pages.ts";

export function createGpuActivity(renderer: THREE.WebGLRenderer, shared: SharedUniforms): Activity {
  const object = new THREE.Group();
  const cursor = { value: 0 };
  const pages = new StampPages(renderer);
  let draws: AreaDraws[] = [];
  let forms: (DetailForm | null)[] = [];
  const centre = new THREE.Vector3();
  const counts: ActivityCounts = { ...noCounts };

  return {
    object,
    counts,
    setAreas(areas) {
      disposeDraws();
      pages.setNeurons(areas.reduce((end, area) => Math.max(end, (area.firstNeuron ?? 0) + area.neurons), 0));
      draws = areas.flatMap((area, index) => drawsOf(area, index, pages.pages, shared, cursor));
      forms = areas.map(() => null);
      object.add(...draws.map((one) => one.object));
    },
    setTints(tints) {
      shared.tinted.value = tints ? 1 : 0;
      for (const one of draws) one.setTint(tints?.[one.area]);
    },
    setVisible(visible) {
      for (const one of draws) one.object.visible = visible[one.area] ?? true;
    },
    setLight(light) {
      shared.aged.value = light === ageLight ? 1 : 0;
    },
    setCut: (cut) => setCutUniforms(shared, cut),
    scatter: (frames) => pages.scatter(frames),
    clear: () => pages.clear(),
    prepare(burst) {
      cursor.value = burst + 1;
    },
    aim(camera, unitPixels, view, now, fadeMs) {
      Object.assign(counts, noCounts);
      forms.fill(null);
      let cubes = 0;
      let isFading = false;
      for (const one of draws) {
        // The clip space's w is what a point's size is divided by: the distance, or 1 where nothing is nearer.
        centre.copy(one.sphere.center).applyMatrix4(camera.matrixWorldInverse);
        const distance = camera instanceof THREE.OrthographicCamera ? 1 : Math.max(1e-3, -centre.z);
        let level = levelFor(unitPixels / distance, one.levelIn(view));
        if (!one.divisible) level = Math.min(level, pointLevel);
        if (level === 0 && cubes + one.voxels > cubeBudget) level = pointLevel;
        isFading = one.aim(view, level, now, fadeMs) || isFading;
        if (!one.object.visible) continue;
        const { form } = levels[level]!;
        if (form === "cubes") cubes += one.voxels;
        if (form === "bricks") counts.bricks += one.countAt(level);
        // Of an area in two pages the first counts.
        if (forms[one.area] === null) counts[form === "cubes" ? "cubeAreas" : form === "points" ? "pointAreas" : "brickAreas"]++;
        forms[one.area] = form;
      }
      return isFading;
    },
    formOf: (area) => forms[area] ?? null,
    dispose() {
      disposeDraws();
      pages.dispose();
    },
  };

  function disposeDraws(): void {
    object.clear();
    for (const one of draws) one.dispose();
    draws = [];
  }
}
