/**
 * How firings become light, in two ways behind one interface: on the graphics card from a page of burst stamps, or with few
 * points from stamps in memory where a software rasteriser draws. Both draw exp(−(cursor − stamp) / τ) of the last firing, or the
 * sum of that of all recent ones.
 */
import * as THREE from "three";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import type { DetailForm } from "./brick-lod.ts";
import type { Cut } from "./cut.ts";
import { ageLight, fullRecent, glowBursts, glowLight, type Light, type SceneArea, type SceneTheme } from "./scene-types.ts";

export interface ActivityCounts {
  /** Voxels drawn one by one, of those that glow; 0 of 0 where only the graphics card knows. */
  points: number;
  ofPoints: number;
  bricks: number;
  /** Areas by how they are drawn. */
  brickAreas: number;
  cubeAreas: number;
  pointAreas: number;
  /** Areas that are one box each. */
  boxAreas: number;
}
export const noCounts: Readonly<ActivityCounts> = {
  points: 0,
  ofPoints: 0,
  bricks: 0,
  brickAreas: 0,
  cubeAreas: 0,
  pointAreas: 0,
  boxAreas: 0,
};

export interface Activity {
  /** Holds what is to be drawn; its children change with the areas. */
  readonly object: THREE.Object3D;
  setAreas(areas: readonly SceneArea[]): void;
  /** Colour of each area by index into `areas`, or null to colour by the ramp. */
  setTints(tints: readonly THREE.Color[] | null): void;
  /** Which areas are in the picture, by index. */
  setVisible(visible: readonly boolean[]): void;
  setLight(light: Light): void;
  setCut(cut: Cut): void;
  /** 1 draws everything as it should be; less is coarser and quicker. */
  setDetail(share: number): void;
  /** Stamps the neurons of these frames, ascending by burst. */
  scatter(frames: readonly DecodedFrame[]): void;
  /** Forgets all stamps. */
  clear(): void;
  /** Gets everything ready to draw the burst under the cursor. */
  prepare(cursor: number): void;
  /**
   * Chooses the detail for the viewport that is drawn next; `unitPixels`: CSS pixels of a unit at distance one. True while one level
   * goes over into another, which takes `fadeMs`.
   */
  aim(camera: THREE.Camera, unitPixels: number, view: number, now: number, fadeMs: number): boolean;
  /** How an area is drawn, by its index; null: nothing of it is. */
  formOf(area: number): DetailForm | null;
  readonly counts: ActivityCounts;
  /** Firings can be added up: recent activity can be shown. */
  readonly addsUp: boolean;
  dispose(): void;
}

/** Uniforms that every material of the activity shares by reference. */
export interface SharedUniforms {
  [name: string]: THREE.IUniform;
  ramp: THREE.IUniform<THREE.DataTexture>;
  exposure: THREE.IUniform<number>;
  tinted: THREE.IUniform<number>;
  paper: THREE.IUniform<number>;
  /** Drawing-buffer pixels that one unit covers at distance one. */
  pixelsPerUnit: THREE.IUniform<number>;
  /** Smallest point in drawing-buffer pixels. */
  leastPixels: THREE.IUniform<number>;
  /** 1 colours by the time since firing. */
  aged: THREE.IUniform<number>;
  /** 1 colours by recent activity: what the sums of a page have to be multiplied by is beside it. */
  summed: THREE.IUniform<number>;
  sumScale: THREE.IUniform<number>;
  keptLow: THREE.IUniform<THREE.Vector3>;
  keptHigh: THREE.IUniform<THREE.Vector3>;
  peel: THREE.IUniform<number>;
}

const everywhere = 1e9;

export function createSharedUniforms(theme: SceneTheme): SharedUniforms {
  return {
    ramp: { value: rampTexture(theme.ramp) },
    exposure: { value: 1 },
    tinted: { value: 0 },
    paper: { value: theme.paper ? 1 : 0 },
    pixelsPerUnit: { value: 1 },
    leastPixels: { value: 2 },
    aged: { value: 0 },
    summed: { value: 0 },
    sumScale: { value: 1 },
    keptLow: { value: new THREE.Vector3().setScalar(-everywhere) },
    keptHigh: { value: new THREE.Vector3().setScalar(everywhere) },
    peel: { value: 0 },
  };
}

export function setCutUniforms({ keptLow, keptHigh, peel }: SharedUniforms, cut: Cut): void {
  if (cut.kept) {
    keptLow.value.set(...cut.kept.min);
    keptHigh.value.set(...cut.kept.max);
  } else {
    keptLow.value.setScalar(-everywhere);
    keptHigh.value.setScalar(everywhere);
  }
  peel.value = cut.peel;
}

/** `glowLight`, `ageLight` and `recentLight` in the words of the card. */
export const lightShader = /* glsl */ `
  uniform float aged;
  float lightOf(float age) {
    if (aged > 0.5) return age < ${ageLight.span}.0 ? 1.0 - 0.95 * log2(1.0 + age) / log2(${ageLight.span}.0) : 0.0;
    return age < ${glowLight.span}.0 ? exp(-age / ${glowBursts.toFixed(1)}) : 0.0;
  }
  float lightOfSum(float sum) {
    return min(1.0, log2(1.0 + sum) / log2(${1 + fullRecent}.0));
  }
`;

const rampTexels = 256;

export function rampTexture(ramp: readonly string[]): THREE.DataTexture {
  const stops = ramp.map((css) => new THREE.Color(css));
  const texels = new Uint8Array(rampTexels * 4);
  const colour = new THREE.Color();
  for (let i = 0; i < rampTexels; i++) {
    const at = (i / (rampTexels - 1)) * (stops.length - 1);
    const below = Math.min(Math.floor(at), stops.length - 2);
    colour.lerpColors(stops[below]!, stops[below + 1]!, at - below);
    texels.set([colour.r * 255, colour.g * 255, colour.b * 255, 255], i * 4);
  }
  const texture = new THREE.DataTexture(texels, rampTexels, 1);
  texture.magFilter = THREE.LinearFilter;
  texture.minFilter = THREE.LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

/** Areas of at most so many voxels a side are seen by points of this many times the least size: nothing else tells where they fire. */
const fewVoxels = 4;
const fewScale = 2.4;
export function leastScale({ dimensions }: SceneArea): number {
  return Math.max(...dimensions) <= fewVoxels ? fewScale : 1;
}

/** Size of a voxel's point and how much of its light is left when it is smaller than the smallest point. */
export const pointSizeShader = /* glsl */ `
  uniform float pixelsPerUnit;
  uniform float leastPixels;
  out float energy;
  float sizeOf(float extent, float distance, float scale) {
    float size = extent * pixelsPerUnit / max(distance, 1e-3);
    float least = leastPixels * scale;
    energy = scale > 1.0 ? 1.0 : clamp(size * size / (least * least), 0.45, 1.0);
    return clamp(size, least, 512.0);
  }
`;

export const litShader = /* glsl */ `
  precision highp float;
  uniform sampler2D ramp;
  uniform float exposure;
  uniform float tinted;
  uniform float paper;
  uniform float fade;
  in float glow;
  in float energy;
  in float size;
  in vec3 colour;
  out vec4 pixel;
  vec3 hueOf() {
    return mix(texture(ramp, vec2(glow, 0.5)).rgb, colour, tinted);
  }
`;

/** Points in both ways of drawing. Dark scenes add light, paper scenes lay ink on ink. */
const pointFragmentShader = /* glsl */ `
  ${litShader}
  void main() {
    vec2 offset = abs(gl_PointCoord * 2.0 - 1.0);
    float edge = max(offset.x, offset.y);
    // A gap between neighbours and a soft rim, once there are pixels for it.
    float shape = size < 5.0 ? 1.0 : 1.0 - 0.9 * smoothstep(0.72, 0.98, edge);
    vec3 hue = hueOf();
    float faint = smoothstep(0.02, 0.2, glow);
    // Small points lie on one another; a little less light each keeps dense areas from going white.
    float strength = mix(faint, glow, tinted) * energy * shape * mix(0.8, 1.0, smoothstep(3.0, 8.0, size)) * fade;
    if (paper > 0.5) pixel = vec4(hue, (0.15 * faint + 0.85 * glow) * energy * shape * fade * mix(0.6, 1.0, exposure));
    else pixel = vec4(hue * strength * exposure, 1.0);
  }
`;

/** Cubes are bodies: what is in front hides what is behind, or a dense area would be one white block. `energy` is the shade of the face. */
const cubeFragmentShader = /* glsl */ `
  ${litShader}
  in vec2 onFace;
  void main() {
    vec2 offset = abs(onFace);
    float rim = 1.0 - 0.4 * smoothstep(0.84, 0.98, max(offset.x, offset.y));
    vec3 hue = hueOf() * mix(1.0, mix(0.25, 1.0, glow), tinted);
    float there = fade * smoothstep(0.02, 0.12, glow);
    if (paper > 0.5) pixel = vec4(hue * mix(0.7, 1.0, energy) * rim, there * mix(0.6, 1.0, exposure));
    else pixel = vec4(hue * energy * rim * exposure, there);
  }
`;

/** Blending that fits the paper: light is added on dark, ink is laid on white, bodies are bodies on both. */
export function applyBlending(material: THREE.RawShaderMaterial, paper: boolean): void {
  material.blending = paper || material.depthTest ? THREE.NormalBlending : THREE.AdditiveBlending;
  material.needsUpdate = true;
}

export function glowMaterial(
  vertexShader: string,
  uniforms: Record<string, THREE.IUniform>,
  paper: boolean,
  form: "points" | "cubes" = "points",
): THREE.RawShaderMaterial {
  const isBody = form === "cubes";
  const material = new THREE.RawShaderMaterial({
    glslVersion: THREE.GLSL3,
    vertexShader,
    fragmentShader: isBody ? cubeFragmentShader : pointFragmentShader,
    uniforms: { fade: { value: 1 }, ...uniforms },
    side: THREE.DoubleSide,
    transparent: true,
    depthTest: isBody,
    depthWrite: isBody,
  });
  applyBlending(material, paper);
  return material;
}
