import { expect, test } from "vitest";
import type { CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { decodeChannel, voxelOfDevice } from "./device-coding.ts";
import motor from "./golden/decode_motor.json";
import proximity from "./golden/encode_percentage.json";

const area = (id: string, kind: CorticalArea["kind"], dimensions: Vec3) => ({ id, kind, dimensions });
/** Direction, unit, data kind; fractional and incremental as bits of the second byte. */
const idOf = (unit: string, kind: number, high = 0) => btoa(`${unit}${String.fromCharCode(kind, high, 0, 0)}`);

test("what FEAGI's motor decoder reads from a frame is what a channel says here", () => {
  for (const { cortical_id: id, z: depth, channels, neurons, decoded } of motor.cases) {
    const output = area(id, "output", [channels * 2, 1, depth]);
    const fires = (x: number, z: number) => neurons.some(([atX, , atZ]) => atX === x && atZ === z);
    const said = Array.from({ length: channels }, (_, channel) => decodeChannel(output, channel, fires));
    const recorded = Array.from({ length: channels }, (_, channel) => decoded.find(([, of]) => of === channel)?.[3]);
    for (const [channel, value] of recorded.entries()) {
      if (value === undefined) expect(said[channel]).toBeNull();
      else expect(said[channel]?.[0]).toBeCloseTo(Number(value), 6);
    }
  }
});

test("where FEAGI's encoder fires for a value, that voxel stands for it", () => {
  for (const { cortical_id: id, z: depth, channel, value, neurons } of proximity.cases) {
    const input = area(id, "input", [2, 1, depth]);
    const meant = neurons.flatMap(([x, y, z]) => voxelOfDevice(input, null, [x!, y!, z!]) ?? []).filter((one) => one.channel === channel);
    const stands = meant[0]?.stands;
    if (stands?.type === "range") {
      expect(value).toBeGreaterThanOrEqual(stands.low - 1e-7);
      expect(value).toBeLessThanOrEqual(stands.high + 1e-7);
    } else {
      // Digits add up to the value, as far as there are any; the last one alone also stands for nothing.
      const sum = meant.reduce((all, { stands }) => all + (stands.type === "adds" ? stands.value : Number.NaN), 0);
      expect(Math.abs(sum - value)).toBeLessThanOrEqual(2 ** -depth + 1e-7);
    }
  }
});

test("an output's voxel says what it decodes to alone; several values have a column for each sign", () => {
  const motors = area(idOf("omot", 5), "output", [2, 1, 9]);
  expect(voxelOfDevice(motors, 2, [1, 0, 0])).toEqual({
    ...{ channel: 1, value: null, incremental: false },
    stands: { type: "exactly", value: 1 },
  });
  expect(voxelOfDevice(motors, 2, [0, 0, 4])?.stands).toEqual({ type: "exactly", value: 0 });
  const pointer = area(idOf("oang", 7, 1), "output", [12, 1, 10]);
  expect(voxelOfDevice(pointer, 2, [9, 0, 5])).toEqual({
    ...{ channel: 1, value: { index: 1, of: 3 }, incremental: true },
    stands: { type: "exactly", value: -0.5 },
  });
  expect(decodeChannel(pointer, 1, (x, z) => x === 9 && z === 5)).toEqual([0, -0.5, 0]);
});

test("pictures and cells count within their device; what no device reads says nothing", () => {
  const camera = area(idOf("iimg", 9), "input", [128, 64, 3]);
  expect(voxelOfDevice(camera, 2, [70, 5, 1])).toMatchObject({ channel: 1, stands: { type: "pixel", x: 6, y: 5, plane: 1, planes: 3 } });
  expect(voxelOfDevice(camera, null, [70, 5, 1])).toBeNull();
  expect(voxelOfDevice(area(idOf("omis", 10), "output", [7, 8, 1]), 2, [0, 0, 0])).toBeNull();
  expect(voxelOfDevice(area(idOf("ipro", 1), "input", [3, 2, 10]), 3, [0, 1, 0])).toBeNull();
  expect(voxelOfDevice(area(idOf("opos", 11), "output", [64, 64, 17]), 1, [0, 0, 0])).toBeNull();
  expect(voxelOfDevice(area(btoa("cpro\0\0\0\0"), "custom", [3, 1, 10]), 1, [0, 0, 0])).toBeNull();
});
