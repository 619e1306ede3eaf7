/**
 * glTF 2.0 (khronos.org) of the cortical areas, for Blender and the like: a node a brain region, in it a node an area, all of one
 * box, scaled to its voxels and coloured by its kind. One unit is one voxel; y is up, as in the lab. In the binary form (.glb).
 */
import type { AreaKind, BrainRegion, CorticalArea } from "#contracts/connectome.ts";
import type { Connectome } from "../connectome/connectome.ts";
import type { ExportNetwork } from "./network.ts";

const colours: Record<AreaKind, [number, number, number]> = {
  input: [0.2, 0.62, 0.86],
  output: [0.93, 0.55, 0.23],
  custom: [0.55, 0.6, 0.66],
  memory: [0.62, 0.45, 0.85],
  core: [0.85, 0.3, 0.35],
  modulator: [0.35, 0.72, 0.45],
};
const kinds = Object.keys(colours) as AreaKind[];
const FLOAT = 5126;
const U16 = 5123;
const ARRAY = 34_962;
const ELEMENTS = 34_963;
const ALPHA = 0.35;
const MAGIC = 0x46546c67; // "glTF"
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const SPACE = 0x20;

export function* gltf({ regions }: Connectome, { areas, title, burst }: ExportNetwork): Generator<Uint8Array> {
  const { bytes, corners } = box();
  const perRegion = Map.groupBy(areas, ({ region }) => region);
  const nodes: object[] = [];
  const add = (node: object) => nodes.push(node) - 1;
  const regionNode = (region: BrainRegion): number[] => {
    const children = [...regions.values()].filter(({ parent }) => parent === region.id).flatMap(regionNode);
    children.push(...(perRegion.get(region.id) ?? []).map((area) => add(areaNode(area))));
    return children.length === 0 ? [] : [add({ name: region.name, children, extras: { region: region.id } })];
  };
  const roots = [...regions.values()].filter(({ parent }) => parent === null).flatMap(regionNode);
  const known = new Set(regions.keys());
  roots.push(...areas.filter(({ region }) => !known.has(region)).map((area) => add(areaNode(area))));
  const document = {
    asset: { version: "2.0", generator: "Gyrus" },
    scene: 0,
    scenes: [{ name: title, nodes: roots, extras: { burst, unit: "voxel" } }],
    nodes,
    meshes: kinds.map((kind, material) => ({ name: kind, primitives: [{ attributes: { POSITION: 0 }, indices: 1, material }] })),
    materials: kinds.map((kind) => ({
      name: kind,
      alphaMode: "BLEND",
      doubleSided: true,
      pbrMetallicRoughness: { baseColorFactor: [...colours[kind], ALPHA], metallicFactor: 0, roughnessFactor: 0.9 },
    })),
    accessors: [
      { bufferView: 0, componentType: FLOAT, count: 8, type: "VEC3", min: [0, 0, 0], max: [1, 1, 1] },
      { bufferView: 1, componentType: U16, count: 36, type: "SCALAR" },
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: corners, target: ARRAY },
      { buffer: 0, byteOffset: corners, byteLength: bytes.length - corners, target: ELEMENTS },
    ],
    buffers: [{ byteLength: bytes.length }],
  };
  const json = new TextEncoder().encode(JSON.stringify(document));
  const room = Math.ceil(json.length / 4) * 4;
  yield words(MAGIC, 2, 12 + 8 + room + 8 + bytes.length, room, JSON_CHUNK);
  yield json;
  yield new Uint8Array(room - json.length).fill(SPACE);
  yield words(bytes.length, BINARY_CHUNK);
  yield bytes;
}

/** Little endian, as everything in the file. */
function words(...values: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [i, value] of values.entries()) view.setUint32(i * 4, value, true);
  return new Uint8Array(view.buffer);
}

function areaNode({ id, name, kind, dimensions, position, neuronsPerVoxel, neurons }: CorticalArea): object {
  return {
    name,
    mesh: kinds.indexOf(kind),
    translation: position,
    scale: dimensions,
    extras: { area: id, kind, neuronsPerVoxel, neurons },
  };
}

/** The unit box from the origin: eight corners (f32), twelve triangles counter-clockwise from outside (u16). */
function box(): { bytes: Uint8Array; corners: number } {
  const corner = Float32Array.from({ length: 24 }, (_, i) => (Math.floor(i / 3) >> (i % 3)) & 1);
  const faces = [
    [0, 2, 3, 1],
    [4, 5, 7, 6],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 4, 6, 2],
    [1, 3, 7, 5],
  ];
  const triangles = Uint16Array.from(faces.flatMap(([a, b, c, d]) => [a!, b!, c!, a!, c!, d!]));
  const bytes = new Uint8Array(corner.byteLength + triangles.byteLength);
  bytes.set(new Uint8Array(corner.buffer));
  bytes.set(new Uint8Array(triangles.buffer), corner.byteLength);
  return { bytes, corners: corner.byteLength };
}
