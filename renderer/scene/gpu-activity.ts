/**
 * Firings on a graphics card: frames are scattered into pages of stamps, or of sums while recent activity is shown, and each area is drawn
 * from its page at the level of detail that its voxels have room for. Nothing decays on the CPU.
 */
import * as THREE from "three";
import { type Activity, type ActivityCounts, noCounts, type SharedUniforms, setCutUniforms } from "./activity.ts";
import { AreaBoxes } from "./area-boxes.ts";
import { type AreaDraws, drawsOf } from "./area-draws.ts";
import { AreaLight } from "./area-light.ts";
import { boxLevel, cubeBudget, type DetailForm, levelOfArea, levels, pointLevel } from "./brick-lod.ts";
import { addsUp, RecentPages } from "./recent-pages.ts";
import { ageLight, glowLight } from "./scene-types.ts";
import { StampPages } from "./stamp-pages.ts";

const countOf = { cubes: "cubeAreas", points: "pointAreas", bricks: "brickAreas", box: "boxAreas" } as const;

export function createGpuActivity(renderer: THREE.WebGLRenderer, shared: SharedUniforms): Activity {
  const object = new THREE.Group();
  const cursor = { value: 0 };
  const pages = new StampPages(renderer);
  let recent: RecentPages | null = null;
  const boxes = new AreaBoxes(shared);
  const areaLight = new AreaLight();
  object.add(boxes.object);
  let boxed = new Float32Array(0);
  let detail = 1;
  let draws: AreaDraws[] = [];
  let forms: (DetailForm | null)[] = [];
  const centre = new THREE.Vector3();
  const counts: ActivityCounts = { ...noCounts };

  return {
    object,
    counts,
    addsUp: addsUp(renderer),
    setAreas(areas) {
      disposeDraws();
      recent?.dispose();
      pages.setNeurons(areas.reduce((end, area) => Math.max(end, (area.firstNeuron ?? 0) + area.neurons), 0));
      if (recent) recent = new RecentPages(renderer, pages.pages);
      draws = areas.flatMap((area, index) => drawsOf(area, index, pages.pages, shared, cursor));
      forms = areas.map(() => null);
      boxed = new Float32Array(areas.length);
      boxes.setAreas(areas);
      areaLight.setAreas(areas);
      object.add(boxes.object, ...draws.map((one) => one.object));
    },
    setTints(tints) {
      shared.tinted.value = tints ? 1 : 0;
      for (const one of draws) one.setTint(tints?.[one.area]);
      boxes.setTints(tints);
    },
    setVisible(visible) {
      for (const one of draws) one.object.visible = visible[one.area] ?? true;
      boxes.setVisible(visible);
    },
    setLight(light) {
      recent?.dispose();
      recent = light.ofSum && this.addsUp ? new RecentPages(renderer, pages.pages) : null;
      shared.aged.value = light === ageLight ? 1 : 0;
      shared.summed.value = recent ? 1 : 0;
      areaLight.setLight(light.ofSum && !recent ? glowLight : light);
    },
    setDetail(share) {
      detail = share;
    },
    setCut: (cut) => setCutUniforms(shared, cut),
    scatter(frames) {
      (recent ?? pages).scatter(frames);
      areaLight.scatter(frames);
    },
    clear() {
      pages.clear();
      recent?.clear();
      areaLight.clear();
    },
    prepare(burst) {
      cursor.value = burst + 1;
      if (recent) shared.sumScale.value = recent.at(burst);
      areaLight.at(burst, boxes.light);
      boxes.lit();
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
        const voxelPixels = (detail * unitPixels) / distance;
        let level = levelOfArea(one.length * voxelPixels, voxelPixels, one.levelIn(view));
        if (!one.divisible && level !== boxLevel) level = Math.min(level, pointLevel);
        if (level === 0 && cubes + one.voxels > cubeBudget) level = pointLevel;
        isFading = one.aim(view, level, now, fadeMs) || isFading;
        boxed[one.area] = one.boxed;
        if (!one.object.visible) continue;
        const form = level === boxLevel ? "box" : levels[level]!.form;
        if (form === "cubes") cubes += one.voxels;
        if (form === "bricks") counts.bricks += one.countAt(level);
        // Of an area in two pages the first counts.
        if (forms[one.area] === null) counts[countOf[form]]++;
        forms[one.area] = form;
      }
      boxes.place(boxed);
      return isFading;
    },
    formOf: (area) => forms[area] ?? null,
    dispose() {
      disposeDraws();
      boxes.dispose();
      recent?.dispose();
      pages.dispose();
    },
  };

  function disposeDraws(): void {
    object.clear();
    for (const one of draws) one.dispose();
    draws = [];
  }
}
