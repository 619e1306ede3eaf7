/** Copying an area out of one genome into another, with what its mappings need. */
import type { CorticalId, MappingRule, Morphology, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { decodeId, encodeId } from "./cortical-id.ts";
import { waysBetween } from "./diff/alignment.ts";
import { creationOf } from "./diff/area-fields.ts";
import { same } from "./diff/changes.ts";
import type { Genome, GenomeArea } from "./genome.ts";
import { growAlike } from "./morphologies.ts";

export interface CopyOptions {
  withMappings: boolean;
  /** Area of the first genome → the one that takes its part in the second; without an entry the one of its id. */
  mapTo?: Readonly<Record<CorticalId, CorticalId>> | undefined;
  /** Without it: where the area is in its own genome. */
  position?: Vec3 | undefined;
  /** Without it: the region that answers to its own, where there is one. */
  region?: string | undefined;
}

export interface AreaCopy {
  /** Id of the copy: the area's own where it is free. */
  area: CorticalId;
  edits: GenomeEdit[];
  /** What the mappings need and the second genome has not; those rules are left out. */
  missing: ({ area: CorticalId } | { morphology: string })[];
}

/** Throws E_NOT_FOUND for an area or region that is not there, E_UNSUPPORTED for core areas, which every genome has. */
export function copyArea(from: Genome, into: Genome, areaId: CorticalId, options: CopyOptions): AreaCopy {
  const area = from.areas.get(areaId);
  if (!area)
    throw new LabError("E_NOT_FOUND", "No such cortical area", { id: areaId }, "Choose one of the areas of the genome to copy from.");
  if (area.kind === "core") {
    throw new LabError(
      "E_UNSUPPORTED",
      `${area.name} is a core area, and every genome has its own`,
      { id: areaId },
      "Copy its mappings instead.",
    );
  }
  for (const partner of Object.values(options.mapTo ?? {})) {
    if (!into.areas.has(partner))
      throw new LabError("E_NOT_FOUND", "No such cortical area", { id: partner }, "Map to an area of the genome copied into.");
  }
  const id = freeId(into, area);
  const placed = options.position ? { ...area, position: options.position } : area;
  const creation = creationOf(placed, id, regionFor(from, into, areaId, options.region));
  if (!options.withMappings) return { area: id, edits: [creation], missing: [] };
  const { morphologies, mappings, missing } = mappingsFor(from, into, area, id, options.mapTo ?? {});
  return { area: id, edits: [...morphologies, creation, ...mappings], missing };
}

function regionFor(from: Genome, into: Genome, area: CorticalId, wanted: string | undefined): string | undefined {
  if (wanted !== undefined) {
    if (into.regions.has(wanted)) return wanted;
    throw new LabError("E_NOT_FOUND", "No such region", { id: wanted }, "Choose a region of the genome copied into, or none.");
  }
  const region = waysBetween(into, from).forward.regionAfter(area);
  return region !== undefined && into.regions.has(region) ? region : undefined;
}

/** Its own id, or else the next: devices count units, modulators serials; of others the last letter changes (spec/genome.md section 5.1). */
function freeId(into: Genome, { id, kind, name }: GenomeArea): CorticalId {
  if (!into.areas.has(id)) return id;
  const bytes = decodeId(id) ?? "";
  const isCounted = kind === "input" || kind === "output" || kind === "modulator";
  const ends = isCounted ? twoByteCounts(bytes) : lastLetters(bytes);
  for (const next of ends) if (!into.areas.has(next)) return next;
  throw new LabError("E_CONFLICT", `No id like that of ${name} is free`, { id }, "Change the id of an area that is there.");
}

function* twoByteCounts(bytes: string): Generator<CorticalId> {
  const at = bytes.startsWith("g") ? 4 : 6;
  for (let count = 0; count < 65536; count++) {
    yield encodeId(bytes.slice(0, at) + String.fromCharCode(count & 255, count >> 8) + bytes.slice(at + 2));
  }
}

function* lastLetters(bytes: string): Generator<CorticalId> {
  for (const letter of "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") yield encodeId(bytes.slice(0, 7) + letter);
  for (let code = 0; code < 256; code++) yield encodeId(bytes.slice(0, 7) + String.fromCharCode(code));
}

function mappingsFor(from: Genome, into: Genome, area: GenomeArea, id: CorticalId, mapTo: Readonly<Record<CorticalId, CorticalId>>) {
  const morphologies = new MorphologyCopies(from, into);
  const mappings: GenomeEdit[] = [];
  const absent = new Set<CorticalId>();
  const partnerOf = (other: CorticalId) =>
    other === area.id ? id : Object.hasOwn(mapTo, other) ? mapTo[other] : into.areas.has(other) ? other : undefined;
  const copy = (src: CorticalId, dst: CorticalId, rules: readonly MappingRule[]) => {
    const [source, destination] = [partnerOf(src), partnerOf(dst)];
    if (source === undefined || destination === undefined) return absent.add(source === undefined ? src : dst);
    const copied = rules.flatMap((rule) => {
      const morphology = morphologies.idFor(rule.morphology);
      return morphology === undefined ? [] : [{ ...rule, morphology }];
    });
    if (copied.length > 0) mappings.push({ kind: "setMapping", src: source, dst: destination, rules: copied });
    return absent;
  };
  for (const [destination, rules] of area.mappings) copy(area.id, destination, rules);
  for (const { id: source, mappings: outgoing } of from.areas.values()) {
    const rules = source === area.id ? undefined : outgoing.get(area.id);
    if (rules) copy(source, area.id, rules);
  }
  const missing = [...[...absent].map((one) => ({ area: one })), ...[...morphologies.missing].map((morphology) => ({ morphology }))];
  return { morphologies: morphologies.edits, mappings, missing };
}

/** Takes morphologies over as they are needed; one whose id means something else there gets another id. */
class MorphologyCopies {
  readonly edits: GenomeEdit[] = [];
  readonly missing = new Set<string>();
  readonly #from: Genome;
  readonly #into: Genome;
  readonly #copied = new Map<string, string>();

  constructor(from: Genome, into: Genome) {
    this.#from = from;
    this.#into = into;
  }

  /** Its id in the second genome; undefined where it cannot be had there. */
  idFor(id: string, users: readonly string[] = []): string | undefined {
    const known = this.#copied.get(id);
    if (known !== undefined || this.missing.has(id)) return known;
    const copied = this.#copy(id, users);
    if (copied === undefined) this.missing.add(id);
    else this.#copied.set(id, copied);
    return copied;
  }

  #copy(id: string, users: readonly string[]): string | undefined {
    let morphology = this.#from.morphologies.get(id);
    if (!morphology || users.includes(id)) return undefined;
    if (morphology.type === "composite") {
      // A mapper that nobody defines grows nothing there either.
      const mapper = this.#from.morphologies.has(morphology.mapper) ? this.idFor(morphology.mapper, [...users, id]) : morphology.mapper;
      if (mapper === undefined) return undefined;
      morphology = { ...morphology, mapper };
    }
    const there = this.#into.morphologies.get(id);
    if (there && growAlike(there, morphology)) return id;
    // The id of a function is what tells it.
    if (there && morphology.type === "functions") return undefined;
    const copy: Morphology = { ...morphology, id: there ? this.#freeName(morphology) : id };
    if (!same(this.#into.morphologies.get(copy.id), copy)) {
      this.edits.push({ kind: "setMorphology", morphology: copy as Extract<GenomeEdit, { kind: "setMorphology" }>["morphology"] });
    }
    return copy.id;
  }

  /** The first that is free, or that an earlier copy has left with the same content. */
  #freeName({ id, ...content }: Morphology): string {
    const { morphologies } = this.#into;
    const taken = new Set([...this.#copied.values(), ...this.#from.morphologies.keys()]);
    for (let number = 2; ; number++) {
      const name = `${id}_${number}`;
      const there = morphologies.get(name);
      if (there ? same(there, { id: name, ...content }) : !taken.has(name)) return name;
    }
  }
}
