/** Ids for what an edit creates: the same genome and name always give the same id, and none that is taken. */
import type { CorticalId } from "#contracts/connectome.ts";
import { encodeId } from "../cortical-id.ts";
import type { Genome } from "../genome.ts";
import { regionIdOf } from "../regions.ts";
import { unitAreas } from "../unit-templates.ts";
import { conflict } from "./draft.ts";

const letters = "_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Ones that a person can type come first. */
const lastBytes = [...letters, ...Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).filter((byte) => !letters.includes(byte))];

/**
 * `c` or `m`, six characters of the name with all but letters and digits as `_`, and one byte more. FEAGI takes that byte from the clock;
 * here it is `_`, or the first of 0-9, A-Z, a-z and the other bytes that no area has and no mapping names. Source: spec/development.md
 * section 7.
 */
export function freshAreaId(genome: Pick<Genome, "areas">, name: string, kind: "custom" | "memory"): CorticalId {
  const taken = new Set([...genome.areas].flatMap(([id, { mappings }]) => [id, ...mappings.keys()]));
  const stem = `${kind === "memory" ? "m" : "c"}${[...name]
    .slice(0, 6)
    .map((character) => (/[A-Za-z0-9]/.test(character) ? character : "_"))
    .join("")
    .padEnd(6, "_")}`;
  for (const byte of lastBytes) {
    const id = encodeId(stem + byte);
    if (!taken.has(id)) return id;
  }
  throw conflict(`Too many areas have a name like ${JSON.stringify(name)}`, { name }, "Choose a name with another beginning.");
}

/** `g___` and the lowest number that no area has. Source: spec/burst-engine-extensions.md 11.1. */
export function freshDriverId({ areas }: Pick<Genome, "areas">): CorticalId {
  for (let serial = 0; ; serial++) {
    const bytes = Array.from({ length: 4 }, (_, i) => String.fromCharCode((serial >>> (8 * i)) & 0xff)).join("");
    const id = encodeId(`g___${bytes}`);
    if (!areas.has(id)) return id;
  }
}

/** A UUID made of the name; of the name with a number where there is a region of this id. */
export function freshRegionId(genome: Pick<Genome, "regions">, name: string): string {
  for (let n = 1; ; n++) {
    const id = regionIdOf(n === 1 ? name : `${name} ${n}`);
    if (!genome.regions.has(id)) return id;
  }
}

/** The lowest index (group) that no area of the unit has yet; undefined where no unit has the code. */
export function freeUnitIndex(genome: Pick<Genome, "areas">, unit: string): number | undefined {
  for (let index = 0; index < 65536; index++) {
    const areas = unitAreas(unit, 1, index);
    if (!areas) return undefined;
    if (areas.every(({ id }) => !genome.areas.has(id))) return index;
  }
  throw conflict(`The genome has all devices of the unit ${unit} that there can be`, { unit });
}
