/** Between world and screen: where a place is on the canvas, and which ray a point of the window sends into the world. */
import * as THREE from "three";
import type { Vec3 } from "#contracts/connectome.ts";
import type { Rect } from "./declutter.ts";
import type { Ray } from "./picking.ts";
import { type Box, cornersOf } from "./placement.ts";

export interface ScreenPoint {
  x: number;
  y: number;
  /** Within the picture and in front of the camera. */
  visible: boolean;
}

export class Viewport {
  /** What covers its part of the canvas. */
  readonly #part: HTMLElement;
  readonly #rig: { readonly camera: THREE.Camera };

  constructor(part: HTMLElement, rig: { readonly camera: THREE.Camera }) {
    this.#part = part;
    this.#rig = rig;
  }

  get #camera(): THREE.Camera {
    return this.#rig.camera;
  }

  /** CSS pixels from the top left corner of its part. */
  onCanvas(at: Vec3): ScreenPoint {
    const { x, y, z } = new THREE.Vector3(...at).project(this.#camera);
    return {
      x: ((x + 1) / 2) * this.#part.clientWidth,
      y: ((1 - y) / 2) * this.#part.clientHeight,
      visible: Math.abs(x) <= 1 && Math.abs(y) <= 1 && Math.abs(z) <= 1,
    };
  }

  /** CSS pixels of the window. */
  inWindow(at: Vec3): ScreenPoint {
    const { left, top } = this.#part.getBoundingClientRect();
    const { x, y, visible } = this.onCanvas(at);
    return { x: left + x, y: top + y, visible };
  }

  /** −1..1 across and up. */
  deviceCoordinates(clientX: number, clientY: number): { x: number; y: number } {
    const { left, top, width, height } = this.#part.getBoundingClientRect();
    return { x: ((clientX - left) / width) * 2 - 1, y: 1 - ((clientY - top) / height) * 2 };
  }

  rayAt(clientX: number, clientY: number): Ray {
    const { x, y } = this.deviceCoordinates(clientX, clientY);
    const origin = new THREE.Vector3(x, y, -1).unproject(this.#camera);
    const direction = new THREE.Vector3(x, y, 1).unproject(this.#camera).sub(origin).normalize();
    return { origin: origin.toArray(), direction: direction.toArray() };
  }

  /** The rectangle around a box on its part; null when it is out of sight, or about the eye so that it has none. */
  rectOf(box: Box): Rect | null {
    const { clientWidth, clientHeight } = this.#part;
    const corner = new THREE.Vector3();
    let [left, top, right, bottom] = [
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    for (const at of cornersOf(box)) {
      corner.set(...at).project(this.#camera);
      if (Math.abs(corner.z) > 1) return null;
      const [x, y] = [((corner.x + 1) / 2) * clientWidth, ((1 - corner.y) / 2) * clientHeight];
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
    if (right < 0 || bottom < 0 || left > clientWidth || top > clientHeight) return null;
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  /** Where a box may give light, on its part: as `rectOf`, but all of it where the box reaches past the eye. */
  lightRectOf(box: Box): Rect | null {
    const { clientWidth: width, clientHeight: height } = this.#part;
    const whole = { x: 0, y: 0, width, height };
    const eye = this.#camera.position.toArray();
    if (eye.every((at, axis) => at >= box.min[axis]! && at <= box.max[axis]!)) return whole;
    const corner = new THREE.Vector3();
    const inside = cornersOf(box).filter((at) => Math.abs(corner.set(...at).project(this.#camera).z) <= 1).length;
    if (inside === 0) return null;
    if (inside < 8) return whole;
    const rect = this.rectOf(box);
    if (!rect) return null;
    const [x, y] = [Math.max(0, rect.x), Math.max(0, rect.y)];
    return { x, y, width: Math.min(width, rect.x + rect.width) - x, height: Math.min(height, rect.y + rect.height) - y };
  }
}
