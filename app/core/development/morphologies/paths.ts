/** The two morphologies whose axes depend on each other: a walk through the voxels and a turning picture. */
import { isInside, type Shape, type VoxelRule, volume, voxelRule } from "./voxel-rule.ts";

/** To the next voxel, x fastest; the last voxel has none. Sources outside the destination start from its edge. */
export function sweeper({ target }: Shape): VoxelRule {
  const [width, height, depth] = target;
  return voxelRule(volume, (x, y, z, targets) => {
    let [nextX, nextY, nextZ] = [Math.min(x, width - 1) + 1, Math.min(y, height - 1), Math.min(z, depth - 1)];
    if (nextX === width) [nextX, nextY] = [0, nextY + 1];
    if (nextY === height) [nextY, nextZ] = [0, nextZ + 1];
    if (nextZ < depth) targets.push((nextX * height + nextY) * depth + nextZ);
  });
}

/** Layer z of the destination shows the source turned about the z axis, from -90 degrees in the first layer to +90 in the last. */
export function rotatorZ({ source, target }: Shape): VoxelRule {
  const [, height, depth] = target;
  const span = (size: number) => Math.max(1, size - 1);
  const [sourceX, sourceY, targetX, targetY] = [span(source[0]), span(source[1]), span(target[0]), span(target[1])];
  const [centreX, centreY] = [targetX / 2, targetY / 2];
  const turns = Array.from({ length: depth }, (_, z) => {
    const radians = (depth === 1 ? 0 : -90 + (180 * z) / (depth - 1)) * (Math.PI / 180);
    return { cos: Math.cos(radians), sin: Math.sin(radians) };
  });
  const pairs = (of: Shape["source"]) => volume(of) * depth;
  return voxelRule(pairs, (x, y, _z, targets) => {
    const dx = (x / sourceX) * targetX - centreX;
    const dy = (y / sourceY) * targetY - centreY;
    turns.forEach(({ cos, sin }, layer) => {
      const turnedX = roundHalfAway(centreX + cos * dx + sin * dy);
      const turnedY = roundHalfAway(centreY - sin * dx + cos * dy);
      if (isInside(turnedX, turnedY, layer, target)) targets.push((turnedX * height + turnedY) * depth + layer);
    });
  });
}

function roundHalfAway(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}
