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
  readonly #canvas: HTMLCanvasElement;
  readonly #camera: THREE.Camera;

  constructor(canvas: HTMLCanvasElement, camera: THREE.Camera) {
    this.#canvas = canvas;
    this.#camera = camera;
  }

  /** CSS pixels from the canvas's top left corner. */
  onCanvas(at: Vec3): ScreenPoint {
    const { x, y, z } = new THREE.Vector3(...at).project(this.#camera);
    return {
      x: ((x + 1) / 2) * this.#canvas.clientWidth,
      y: ((1 - y) / 2) * this.#canvas.clientHeight,
      visible: Math.abs(x) <= 1 && Math.abs(y) <= 1 && Math.abs(z) <= 1,
    };
  }

  /** CSS pixels of the window. */
  inWindow(at: Vec3): ScreenPoint {
    const { left, top } = this.#canvas.getBoundingClientRect();
    const { x, y, visible } = this.onCanvas(at);
    return { x: left + x, y: top + y, visible };
  }

  /** −1..1 across and up. */
  deviceCoordinates(clientX: number, clientY: number): { x: number; y: number } {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return { x: ((clientX - left) / width) * 2 - 1, y: 1 - ((clientY - top) / height) * 2 };
  }

  rayAt(clientX: number, clientY: number): Ray {
    const { x, y } = this.deviceCoordinates(clientX, clientY);
    const origin = this.#camera.position;
    const direction = new THREE.Vector3(x, y, 0.5).unproject(this.#camera).sub(origin).normalize();
    return { origin: origin.toArray(), direction: direction.toArray() };
  }

  /** The rectangle around a box on the canvas; null when it is out of sight, or about the eye so that it has none. */
  rectOf(box: Box): Rect | null {
    const { clientWidth, clientHeight } = this.#canvas;
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

  /** Share of the picture that the rectangle around a box covers. */
  coverOf(box: Box): number {
    const { clientWidth, clientHeight } = this.#canvas;
    const corners = cornersOf(box).map((corner) => this.onCanvas(corner));
    const across = (values: number[], limit: number) =>
      Math.max(0, Math.min(limit, Math.max(...values)) - Math.max(0, Math.min(...values)));
    const pixels =
      across(
        corners.map(({ x }) => x),
        clientWidth,
      ) *
      across(
        corners.map(({ y }) => y),
        clientHeight,
      );
    return pixels / Math.max(1, clientWidth * clientHeight);
  }
}
