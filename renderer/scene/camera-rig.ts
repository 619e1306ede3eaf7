/**
 * The camera: a point looked at, a distance and two angles, seen in perspective or in parallel. Moves take 250 ms, or happen at
 * once under reduced motion. All methods change the pose only; `apply` puts it into the camera of a picture.
 */
import * as THREE from "three";
import type { Vec3 } from "#contracts/connectome.ts";
import { type Box, cornersOf } from "./placement.ts";

export interface Pose {
  target: Vec3;
  distance: number;
  /** Radians around the vertical, 0 = from the front. */
  azimuth: number;
  /** Radians above the horizon. */
  elevation: number;
}

/** CSS pixels at the top and at the bottom of a view that panels cover. */
export interface Covered {
  top: number;
  bottom: number;
}
/** What a toolbar and a legend of one row take, until they are measured. */
export const usuallyCovered: Covered = { top: 50, bottom: 36 };

export const views = {
  front: { azimuth: 0, elevation: 0 },
  top: { azimuth: 0, elevation: Math.PI / 2 - 1e-3 },
  side: { azimuth: Math.PI / 2, elevation: 0 },
} as const;

const moveMs = 250;
const fieldOfView = 40;
/** Of the height of a view, in radians. */
export const viewAngle = (fieldOfView * Math.PI) / 180;
/** Nearest the camera comes when it frames something small, and the margin around what it frames. */
const leastDistance = 2;
const framing = 1.12;
/** CSS pixels between what is framed and what covers. */
const gap = 6;
const steepest = Math.PI / 2 - 1e-3;
const home: Pose = { target: [0, 0, 0], distance: 50, azimuth: -0.55, elevation: 0.42 };

export class CameraRig {
  reducedMotion = false;
  /** Parallel lines stay parallel: sizes can be compared wherever they are. */
  orthographic = false;
  readonly #perspective = new THREE.PerspectiveCamera(fieldOfView, 1, 0.1, 10_000);
  readonly #parallel = new THREE.OrthographicCamera();
  #aspect = 1;
  #pose: Pose = home;
  #move: { from: Pose; to: Pose; startedAt: number } | null = null;
  #sceneSize = 100;
  /** Shares of the height that are covered: what is framed keeps clear of them. */
  #inset = { top: 0, bottom: 0 };

  get camera(): THREE.PerspectiveCamera | THREE.OrthographicCamera {
    return this.orthographic ? this.#parallel : this.#perspective;
  }

  /** Where it is, or where it is going. */
  get pose(): Pose {
    return this.#move?.to ?? this.#pose;
  }

  get moving(): boolean {
    return this.#move !== null;
  }

  /** A part without size, as that of a panel behind another one, leaves the picture as it was shaped last. */
  setViewport(width: number, height: number, { top, bottom }: Covered = usuallyCovered): void {
    if (width === 0 || height === 0) return;
    this.#aspect = width / height;
    const share = (pixels: number) => (pixels === 0 ? 0 : (pixels + gap) / height);
    this.#inset = { top: share(top), bottom: share(bottom) };
  }

  /** Largest extent of what there is to see; limits how far the camera goes and where it clips. */
  setSceneSize(size: number): void {
    this.#sceneSize = Math.max(1, size);
  }

  orbit(azimuth: number, elevation: number): void {
    const pose = this.#stop();
    this.#pose = { ...pose, azimuth: pose.azimuth + azimuth, elevation: clamp(pose.elevation + elevation, -steepest, steepest) };
  }

  /** Moves the target with the mouse: dx, dy in pixels of a view `height` pixels high. */
  pan(dx: number, dy: number, height: number): void {
    const pose = this.#stop();
    const scale = (2 * pose.distance * Math.tan(THREE.MathUtils.degToRad(fieldOfView / 2))) / Math.max(1, height);
    const { right, up } = axesOf(pose);
    this.#pose = { ...pose, target: pose.target.map((at, i) => at - right[i]! * dx * scale + up[i]! * dy * scale) as Vec3 };
  }

  /** Comes nearer (factor < 1) while the point under the cursor, in device coordinates −1..1, stays where it is. */
  dolly(factor: number, at: { x: number; y: number } = { x: 0, y: 0 }): void {
    const pose = this.#stop();
    const distance = clamp(pose.distance * factor, 0.5, this.#sceneSize * 20);
    const half = (pose.distance - distance) * Math.tan(THREE.MathUtils.degToRad(fieldOfView / 2));
    const { right, up } = axesOf(pose);
    const target = pose.target.map((value, i) => value + right[i]! * at.x * half * this.#aspect + up[i]! * at.y * half) as Vec3;
    this.#pose = { ...pose, distance, target };
  }

  /** Turns the head: the eye stays where it is. */
  look(azimuth: number, elevation: number): void {
    const { target, distance } = this.#stop();
    const before = axesOf(this.#pose).forward;
    this.orbit(azimuth, elevation);
    const { forward } = axesOf(this.#pose);
    this.#pose = { ...this.#pose, target: target.map((at, i) => at + (forward[i]! - before[i]!) * distance) as Vec3 };
  }

  /** Moves eye and target together, in shares of the distance between them: to the right, up and forward. */
  fly([x, y, z]: Vec3): void {
    const pose = this.#stop();
    const { right, up, forward } = axesOf(pose);
    const by = (i: number) => (right[i]! * x + up[i]! * y + forward[i]! * z) * pose.distance;
    this.#pose = { ...pose, target: pose.target.map((at, i) => at + by(i)) as Vec3 };
  }

  goTo(pose: Pose, now: number, animate = true): void {
    this.#go(pose, now, animate);
  }

  /** Moves so that the boxes fill the view, seen from where the camera looks now. */
  frame(boxes: readonly Box[], now: number, animate = true): void {
    const corners = boxes.flatMap(cornersOf);
    if (corners.length === 0) return;
    const pose = this.pose;
    const { right, up, forward } = axesOf(pose);
    const tan = Math.tan(THREE.MathUtils.degToRad(fieldOfView / 2));
    const { top, bottom } = this.#inset;
    const [tanX, tanY] = [tan * this.#aspect, tan * (1 - top - bottom)];
    // In the camera's own axes: first centred on the extents, then on what perspective makes of them.
    const seen = corners.map((corner) => [dot(corner, right), dot(corner, up), dot(corner, forward)] as const);
    let [x, y] = [middle(seen.map(([at]) => at)), middle(seen.map(([, at]) => at))];
    const z = middle(seen.map(([, , at]) => at));
    let distance = leastDistance;
    for (let round = 0; round < 4; round++) {
      const needed = seen.map(([cx, cy, cz]) => Math.max(Math.abs(cx - x) / tanX, Math.abs(cy - y) / tanY) - (cz - z));
      distance = Math.max(leastDistance, ...needed);
      x += middle(seen.map(([cx, , cz]) => (cx - x) / (distance + cz - z))) * distance;
      y += middle(seen.map(([, cy, cz]) => (cy - y) / (distance + cz - z))) * distance;
    }
    y += (top - bottom) * tan * distance;
    const target = right.map((value, i) => value * x + up[i]! * y + forward[i]! * z) as Vec3;
    this.#go({ ...pose, target, distance: distance * framing }, now, animate);
  }

  view(from: keyof typeof views, now: number): void {
    this.#go({ ...this.pose, ...views[from] }, now, true);
  }

  /** Puts the pose of this moment into the camera; true while a move goes on. */
  apply(now: number): boolean {
    if (this.#move) {
      const { from, to, startedAt } = this.#move;
      const share = clamp((now - startedAt) / moveMs, 0, 1);
      const eased = share * share * (3 - 2 * share);
      this.#pose = mix(from, to, eased);
      if (share === 1) this.#move = null;
    }
    const { target, distance } = this.#pose;
    const { forward } = axesOf(this.#pose);
    const { camera } = this;
    const reach = this.#sceneSize * 4;
    // Seen in parallel nothing is nearer than the eye: the eye stands back behind all there is.
    const back = this.orthographic ? distance + reach : distance;
    camera.position.set(...(target.map((at, i) => at - forward[i]! * back) as Vec3));
    camera.up.set(0, 1, 0);
    camera.lookAt(...target);
    camera.near = this.orthographic ? 0 : Math.max(0.05, distance / 500);
    camera.far = back + reach;
    const high = distance * Math.tan(THREE.MathUtils.degToRad(fieldOfView / 2));
    const wide = high * this.#aspect;
    if (camera instanceof THREE.OrthographicCamera) Object.assign(camera, { left: -wide, right: wide, top: high, bottom: -high });
    else camera.aspect = this.#aspect;
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
    return this.#move !== null;
  }

  #go(to: Pose, now: number, animate: boolean): void {
    if (!animate || this.reducedMotion) {
      this.#move = null;
      this.#pose = to;
      return;
    }
    // The short way round.
    const turns = Math.round((this.#pose.azimuth - to.azimuth) / (2 * Math.PI));
    this.#move = { from: this.#pose, to: { ...to, azimuth: to.azimuth + turns * 2 * Math.PI }, startedAt: now };
  }

  /** A hand on the mouse ends a move where it is. */
  #stop(): Pose {
    this.#move = null;
    return this.#pose;
  }
}

function middle(values: readonly number[]): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return (low + high) / 2;
}

function axesOf({ azimuth, elevation }: Pose): { right: Vec3; up: Vec3; forward: Vec3 } {
  const [sa, ca, se, ce] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(elevation), Math.cos(elevation)];
  return { right: [ca, 0, -sa], up: [-sa * se, ce, -ca * se], forward: [-sa * ce, -se, -ca * ce] };
}

/** The pose `share` of the way from one to another. */
export function mix(a: Pose, b: Pose, share: number): Pose {
  const between = (from: number, to: number) => from + (to - from) * share;
  return {
    target: a.target.map((at, i) => between(at, b.target[i]!)) as Vec3,
    distance: between(a.distance, b.distance),
    azimuth: between(a.azimuth, b.azimuth),
    elevation: between(a.elevation, b.elevation),
  };
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
