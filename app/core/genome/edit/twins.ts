/**
 * Memory twins: for each area that a memory area remembers, an area of the same size on which its memories are replayed. They come and
 * go with the episodic mapping. Source: spec/burst-engine-extensions.md 8, spec/development.md section 9.
 */
import type { CorticalId, MappingRule, Vec3 } from "#contracts/connectome.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { xxHash64 } from "../../engine/hash.ts";
import { encodeId } from "../cortical-id.ts";
import type { Genome, GenomeArea } from "../genome.ts";
import { twinsOf } from "../memory-rules.ts";
import { creationOf } from "./building.ts";
import type { EditOf } from "./draft.ts";

const EPISODIC_RULE = "episodic_memory";
const REPLAY_RULE = "memory_replay";
/** From a memory area to the twin of an area of another region. */
const BESIDE_MEMORY = 20;

/** The same two areas always have the same twin. */
export function twinId(memory: CorticalId, upstream: CorticalId): CorticalId {
  const hash = xxHash64(new TextEncoder().encode(`${memory}${upstream}memory_twin`));
  const bytes = Array.from({ length: 7 }, (_, i) => String.fromCharCode(Number((hash >> BigInt(48 - 8 * i)) & 0xffn)));
  return encodeId(`c${bytes.join("")}`);
}

/** What else changes when the mapping from `src` to `dst` becomes these rules. Classifiers replay on their outputs and get no twins. */
export function twinEdits(genome: Genome, src: CorticalId, dst: CorticalId, rules: readonly MappingRule[]): GenomeEdit[] {
  const [upstream, memory] = [genome.areas.get(src), genome.areas.get(dst)];
  if (upstream === undefined || memory?.kind !== "memory" || upstream.kind === "memory" || isOfClassifier(genome, dst)) return [];
  const isWanted = rules.some(({ morphology }) => morphology === EPISODIC_RULE);
  const there = twinsOf(genome, memory).find((one) => one.upstream === src)?.twin;
  if (isWanted === (there !== undefined)) return [];
  if (there) return [{ kind: "removeArea", area: there.id }, twinListing(memory, [there.id])];
  const { creation, relation } = twinCreation(genome, upstream, memory);
  return [creation, ...relation];
}

/** What makes a twin, and what relates it to its memory. */
export function twinCreation(
  genome: Genome,
  upstream: GenomeArea,
  memory: GenomeArea,
): { creation: EditOf<"createArea">; relation: GenomeEdit[] } {
  const id = twinId(memory.id, upstream.id);
  const replay: MappingRule = {
    ...{ morphology: REPLAY_RULE, scalar: [1, 1, 1], multiplier: 1, plastic: false, plasticityConstant: 0 },
    ...{ ltpMultiplier: 0, ltdMultiplier: 0, plasticityWindow: 0, delayBursts: 1, attractivity: 100 },
  };
  return {
    creation: creationOfTwin(genome, id, upstream, memory),
    relation: [{ kind: "setMapping", src: memory.id, dst: id, rules: [replay] }, twinListing(memory, [], { [upstream.id]: id })],
  };
}

/** The twins that go when an area goes, of it or for it, and what the memories that stay say of them. */
export function twinEditsOfRemoval(genome: Genome, area: CorticalId): GenomeEdit[] {
  return [...genome.areas.values()].flatMap((memory) => {
    if (memory.kind !== "memory") return [];
    const gone = twinsOf(genome, memory).filter(({ upstream }) => memory.id === area || upstream === area);
    const ids = gone.map(({ twin }) => twin.id);
    const removals = ids.map((id): GenomeEdit => ({ kind: "removeArea", area: id }));
    return memory.id === area || ids.length === 0 ? removals : [...removals, twinListing(memory, ids)];
  });
}

/** A memory area lists its twins by what they are of. */
export function twinListing(
  { id, properties, extras }: GenomeArea,
  gone: readonly CorticalId[],
  come: Record<CorticalId, CorticalId> = {},
): GenomeEdit {
  const listed = properties.memory_twin_areas ?? extras?.memory_twin_areas;
  const old = typeof listed === "object" && listed !== null ? Object.entries(listed as Record<string, string>) : [];
  const twins = { ...Object.fromEntries(old.filter(([, twin]) => !gone.includes(twin))), ...come };
  return { kind: "updateArea", area: id, properties: { memory_twin_areas: Object.keys(twins).length > 0 ? twins : null } };
}

function creationOfTwin(genome: Genome, id: CorticalId, upstream: GenomeArea, memory: GenomeArea): EditOf<"createArea"> {
  const regionOf = ({ id }: GenomeArea) => [...genome.regions.values()].find(({ areas }) => areas.includes(id))?.id;
  const region = regionOf(memory);
  const [x, y, z] = upstream.position;
  const width = upstream.dimensions[0];
  const [mx, my, mz] = memory.position;
  const position: Vec3 = region === regionOf(upstream) ? [x + width + Math.ceil(width / 4), y, z] : [mx + BESIDE_MEMORY, my, mz];
  const creation = creationOf(upstream);
  return {
    ...creation,
    ...{ area: id, areaKind: "custom", name: `${upstream.name.replaceAll(" ", "_")}_twin`, position },
    properties: { ...creation.properties, memory_twin_of: upstream.id, memory_twin_for: memory.id },
    ...(region === undefined ? {} : { region }),
  };
}

const isOfClassifier = ({ classifiers }: Genome, id: CorticalId) =>
  [...classifiers.values()].some(({ sampleMemory, classMemory }) => sampleMemory === id || classMemory === id);
