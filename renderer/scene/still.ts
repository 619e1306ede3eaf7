/**
 * The still part of the scene: boxes, plates, arcs, marks, and the names that belong to them. Built anew when the brain, the
 * selection or a setting changes, never for a burst.
 */
import * as THREE from "three";
import type { BrainRegion, CorticalId, CorticalMapping, Vec3 } from "#contracts/connectome.ts";
import { Arcs } from "./arcs.ts";
import { areaColours } from "./area-colours.ts";
import { type Cut, cutOf, keptOf } from "./cut.ts";
import { type Hull, Hulls } from "./hulls.ts";
import type { SceneLabel } from "./labels.ts";
import { type Box, union, worldBox } from "./placement.ts";
import { sceneLabels } from "./scene-labels.ts";
import { type AreaValues, isAreaFigure, type SceneArea, type SceneSettings, type SceneTheme, type Way } from "./scene-types.ts";

/** What the scene knows of the brain. */
export interface Brain {
  areas: readonly SceneArea[];
  regions: readonly BrainRegion[];
  mappings: readonly CorticalMapping[];
}
/** What is marked in it. */
export interface Marked {
  areas: readonly CorticalId[];
  /** Of the last of the areas. */
  voxels: readonly Vec3[];
  hovered: SceneArea | null;
  painted: readonly Vec3[];
  ways: readonly Way[];
}

export class Still {
  readonly object = new THREE.Group();
  readonly arcs: Arcs;
  /** In the picture, by index into all areas. */
  visible: boolean[] = [];
  colours: THREE.Color[] = [];
  labels: SceneLabel[] = [];
  cut: Cut = { kept: null, peel: 0 };
  /** Of the areas in the picture, as far as they are not cut away. */
  boxes: ReadonlyMap<CorticalId, Box> = new Map();
  readonly #hulls = new Hulls();
  #brain: Brain = { areas: [], regions: [], mappings: [] };

  constructor(software: boolean) {
    this.arcs = new Arcs(software);
    this.object.add(this.#hulls.object, this.arcs.object);
  }

  build(
    brain: Brain,
    { colourBy, hidden, isolated, slab, peel, labels }: SceneSettings,
    values: AreaValues | null,
    theme: SceneTheme,
  ): void {
    this.#brain = brain;
    const { areas, regions } = brain;
    this.colours = areaColours(areas, regions, colourBy, theme, values);
    this.cut = cutOf(slab, peel, union(areas.map(worldBox)));
    // A figure fills a box; lines and signs stay readable whatever it is.
    const byFigure = isAreaFigure(colourBy);
    const grey = new THREE.Color(theme.secondary);
    const hulls = areas.flatMap((area, i): Hull[] => {
      const box = hidden.has(area.id) || (isolated && !isolated.has(area.id)) ? null : keptOf(this.cut, worldBox(area));
      return box ? [{ area, box, colour: this.colours[i]!, line: byFigure ? grey : this.colours[i]! }] : [];
    });
    this.boxes = new Map(hulls.map(({ area, box }) => [area.id, box]));
    this.visible = areas.map(({ id }) => this.boxes.has(id));
    const plates = this.#hulls.build(hulls, regions, theme, byFigure && values !== null);
    this.labels = labels ? sceneLabels(hulls, plates, theme) : [];
  }

  mark({ areas, voxels, hovered, painted, ways }: Marked, { arcs }: SceneSettings, theme: SceneTheme): void {
    const shown = this.#brain.areas.filter(({ id }) => this.boxes.has(id));
    const selected = areas.flatMap((id) => shown.find((area) => area.id === id) ?? []);
    this.#hulls.mark({ selected, voxels, hovered, painted }, theme);
    const all = union(this.#brain.areas.map(worldBox));
    const regions = new Map(shown.map(({ id, region }) => [id, region]));
    this.arcs.build(
      {
        mappings: this.#brain.mappings,
        // An arc leads to the area, whatever of it is cut away.
        boxes: new Map(shown.map((area) => [area.id, worldBox(area)])),
        regionOf: (id) => regions.get(id),
        selected: areas,
        ways,
        shown: arcs,
        extent: all ? Math.max(...all.max.map((high, axis) => high - all.min[axis]!)) : 1,
      },
      theme,
    );
  }

  dispose(): void {
    this.#hulls.dispose();
    this.arcs.dispose();
  }
}
