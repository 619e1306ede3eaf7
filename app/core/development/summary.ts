/** What `gyrus develop` reports of a grown connectome, without times. */
import type { AreaKind, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { neuronsOf } from "../connectome/census.ts";
import type { GrownConnectome } from "../connectome/connectome.ts";
import { sha256 as plainSha256 } from "../genome/sha256.ts";
import { listDigests, type Sha256 } from "./listing.ts";

interface DevelopmentSummary {
  areas: {
    id: CorticalId;
    idText: string;
    name: string;
    kind: AreaKind;
    dims: Vec3;
    position: Vec3;
    neuronsPerVoxel: number;
    neurons: number;
  }[];
  mappings: { src: CorticalId; dst: CorticalId; morphologies: string[]; synapses: number; sha256OfList: string }[];
  neurons: number;
  synapses: number;
  /** What reading did not take as written or not as FEAGI takes it, then what growth mended or skipped. */
  repairs: { code: string; path: string; message: string }[];
}

export function developmentSummary(connectome: GrownConnectome, sha256: Sha256 = plainSha256): DevelopmentSummary {
  const { genome, areas, image, problems } = connectome;
  return {
    areas: [...areas.values()].map(({ id, idText, name, kind, dimensions, position, neuronsPerVoxel, neurons }) => ({
      id,
      idText,
      name,
      kind,
      dims: dimensions,
      position,
      neuronsPerVoxel,
      neurons,
    })),
    mappings: mappingRows(connectome, sha256),
    neurons: neuronsOf(connectome),
    synapses: image.synapses.count,
    repairs: [...genome.repairs, ...problems].map(({ code, path, message }) => ({ code, path, message })),
  };
}

/** One row for every pair the genome names, also where the destination does not exist. */
function mappingRows(connectome: GrownConnectome, sha256: Sha256): DevelopmentSummary["mappings"] {
  const synapsesOf = new Map(connectome.mappings.map(({ src, dst, synapses }) => [`${src}>${dst}`, synapses]));
  const emptyList = sha256("");
  return [...connectome.genome.areas.values()].sort(byId).flatMap((area) => {
    if (area.mappings.size === 0) return [];
    const digests = listDigests(connectome, area.id, sha256);
    return [...area.mappings.keys()].sort().map((dst) => ({
      src: area.id,
      dst,
      morphologies: area.mappings.get(dst)!.map((rule) => rule.morphology),
      synapses: synapsesOf.get(`${area.id}>${dst}`) ?? 0,
      sha256OfList: digests.get(dst) ?? emptyList,
    }));
  });
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
