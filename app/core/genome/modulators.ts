/**
 * Modulators and classifiers of a genome, typed. What cannot be read is left out with a warning; the document keeps it all.
 *
 * Source: spec/burst-engine-extensions.md 11.1 and 14.
 */
import type { AreaParameters, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { type ModulatorKind, modulatorKinds } from "#contracts/patch-extensions.ts";
import type { Findings } from "./findings.ts";
import type { JsonNode, JsonObject } from "./json.ts";

export interface ModulatorDefinition {
  type: ModulatorKind;
  /** Of the signal while the driver fires, -100 or more. */
  magnitudePercent: number;
  /** Bursts that a driver of its own fires for, 1..65535, and that it then rests. */
  effectDurationBursts: number;
  restBursts: number;
  /** The signal grows with the potential the driver fires at, up to `fullScalePotential`. */
  graded: boolean;
  fullScalePotential: number;
  driver: CorticalId;
}

/** Parameters of a driver of its own that are the modulator's. */
export function lockedBy({ effectDurationBursts, restBursts, graded }: ModulatorDefinition): Partial<AreaParameters> {
  return {
    ...{ firingThreshold: 1, firingThresholdIncrement: [0, 0, 0], leak: 0, refractoryPeriod: 0 },
    ...{ consecutiveFireLimit: effectDurationBursts, snoozePeriod: restBursts, mpDrivenPsp: graded },
  };
}

export interface ClassifierDefinition {
  name: string;
  /** The region of its own that its parts are in, and where it stands. */
  region: string | null;
  position: Vec3;
  sampleMemory: CorticalId;
  classMemory: CorticalId;
  errorArea: CorticalId;
  /** Null: only errors are told. */
  correctArea: CorticalId | null;
  /** Areas whose activity its sample memory remembers. */
  samples: CorticalId[];
  /** Each class input, and the output that should answer like it. */
  bindings: { input: CorticalId; output: CorticalId }[];
  /** Its answers are learned by reward: of these modulators, or where none is listed of its own two. */
  rewardTraining: boolean;
  rewardModulators: string[];
  /** Members it has that nothing reads. */
  ignored: string[];
}

type IdOf = (text: string) => CorticalId | undefined;

export function readModulators(records: ReadonlyMap<string, JsonNode>, idOf: IdOf, findings: Findings): Map<string, ModulatorDefinition> {
  const modulators = new Map<string, ModulatorDefinition>();
  for (const [id, record] of records) {
    const read = new RecordReader(record, `modulator ${id}`, "MODULATOR", findings);
    const graded = read.boolean("graded", false);
    const definition: ModulatorDefinition = {
      type: read.oneOf("type", modulatorKinds),
      magnitudePercent: read.number("magnitude_percent", undefined, (x) => x >= -100, "a number of at least -100"),
      effectDurationBursts: read.number("effect_duration_bursts", 1, isBursts(1), "a whole number from 1 to 65535"),
      restBursts: read.number("rest_bursts", 0, isBursts(0), "a whole number from 0 to 65535"),
      graded,
      fullScalePotential: graded ? read.number("full_scale_potential", undefined, (x) => x > 0, "a number above 0") : 0,
      driver: read.id("driver_cortical_id", idOf) as CorticalId,
    };
    if (read.isSound) modulators.set(id, definition);
  }
  return modulators;
}

/** Members that FEAGI stores and does not use. */
const unused = ["answer_feedback_area_id", "answer_latency_bursts", "learn_area_id", "confidence_area_id"];

export function readClassifiers(records: ReadonlyMap<string, JsonNode>, idOf: IdOf, findings: Findings): Map<string, ClassifierDefinition> {
  const classifiers = new Map<string, ClassifierDefinition>();
  for (const [id, record] of records) {
    const read = new RecordReader(record, `classifier ${id}`, "CLASSIFIER", findings);
    const definition: ClassifierDefinition = {
      name: read.text("name", id),
      region: read.text("parent_region_id", "") || null,
      position: read.position("coordinates_3d"),
      sampleMemory: read.id("sample_memory_id", idOf) as CorticalId,
      classMemory: read.id("class_memory_id", idOf) as CorticalId,
      errorArea: read.id("error_area_id", idOf) as CorticalId,
      correctArea: read.id("correct_area_id", idOf, true),
      samples: read.list("sample_area_ids").flatMap((item) => (item.kind === "string" ? (idOf(item.value) ?? []) : [])),
      bindings: read.list("class_bindings").flatMap((item) => {
        const pair = new RecordReader(item, `a class of classifier ${id}`, "CLASSIFIER", findings);
        const binding = {
          input: pair.id("class_area_id", idOf) as CorticalId,
          output: pair.id("class_output_area_id", idOf) as CorticalId,
        };
        return pair.isSound ? [binding] : [];
      }),
      rewardTraining: read.boolean("reward_training", false),
      rewardModulators: read.list("reward_modulator_ids").flatMap((item) => (item.kind === "string" ? [item.value] : [])),
      ignored: unused.filter((key) => read.says(key)),
    };
    if (read.isSound) classifiers.set(id, definition);
  }
  return classifiers;
}

const isBursts = (least: number) => (x: number) => Number.isInteger(x) && x >= least && x <= 65535;

/** Reads one record; a member that is wrong is a warning at its place and makes the record unsound. */
class RecordReader {
  isSound = true;
  readonly #record: JsonNode;
  readonly #members: JsonObject["members"];
  readonly #what: string;
  readonly #code: string;
  readonly #findings: Findings;

  constructor(record: JsonNode, what: string, code: string, findings: Findings) {
    this.#record = record;
    this.#members = record.kind === "object" ? record.members : new Map();
    this.#what = what;
    this.#code = code;
    this.#findings = findings;
    if (record.kind !== "object") this.#wrong(record, "it", "an object");
  }

  /** Holds more than an absent or empty value. */
  says(key: string): boolean {
    const node = this.#members.get(key);
    if (!node || node.kind === "null") return false;
    return !(node.kind === "string" && node.value === "") && !(node.kind === "number" && node.value === 0);
  }

  number(key: string, fallback: number | undefined, fits: (value: number) => boolean, expected: string): number {
    const node = this.#members.get(key);
    if ((!node || node.kind === "null") && fallback !== undefined) return fallback;
    if (node?.kind === "number" && Number.isFinite(Math.fround(node.value)) && fits(node.value)) return node.value;
    return this.#wrong(node, key, expected) ?? 0;
  }

  boolean(key: string, fallback: boolean): boolean {
    const node = this.#members.get(key);
    if (!node || node.kind === "null") return fallback;
    return node.kind === "boolean" ? node.value : (this.#wrong(node, key, "true or false") ?? fallback);
  }

  text(key: string, fallback: string): string {
    const node = this.#members.get(key);
    return node?.kind === "string" ? node.value : fallback;
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T {
    const node = this.#members.get(key);
    if (node?.kind === "string" && allowed.includes(node.value as T)) return node.value as T;
    return this.#wrong(node, key, `one of ${allowed.join(", ")}`) ?? allowed[0]!;
  }

  /** Null only where it may be absent or empty. */
  id(key: string, idOf: IdOf, isOptional = false): CorticalId | null {
    const node = this.#members.get(key);
    if (isOptional && !this.says(key)) return null;
    const id = node?.kind === "string" ? idOf(node.value) : undefined;
    return id ?? this.#wrong(node, key, "the id of an area") ?? null;
  }

  /** The origin where it is no position. */
  position(key: string): Vec3 {
    const node = this.#members.get(key);
    const axes = node?.kind === "array" ? node.items.flatMap((item) => (item.kind === "number" ? [item.value] : [])) : [];
    return axes.length === 3 ? (axes as Vec3) : [0, 0, 0];
  }

  list(key: string): readonly JsonNode[] {
    const node = this.#members.get(key);
    if (!node || node.kind === "null") return [];
    return node.kind === "array" ? node.items : (this.#wrong(node, key, "a list") ?? []);
  }

  #wrong(node: JsonNode | undefined, key: string, expected: string): undefined {
    // A record without a driver, say, is not sound and says so once.
    if (this.isSound) {
      const message = `${key} of ${this.#what} must be ${expected}; the ${this.#what} is left out.`;
      const fix = `Write ${expected} here.`;
      this.#findings.warn(node && node.start >= 0 ? node : this.#record, { code: this.#code, message, expected, fix });
    }
    this.isSound = false;
    return undefined;
  }
}
