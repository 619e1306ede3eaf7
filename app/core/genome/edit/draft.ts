/**
 * A genome while it is edited, twice: its document as text, and what the edits so far make of it. Each edit changes both; in the end
 * the text is read anew and must be what was made of it.
 */
import type { CorticalId, Morphology } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeEdit, GenomeEditKind } from "#contracts/genome-edit.ts";
import { shortestIdText } from "../cortical-id.ts";
import type { Genome, GenomeArea, GenomeRegion, Physiology } from "../genome.ts";
import type { JsonObject } from "../json.ts";
import { eightByteId } from "../migrate.ts";
import type { ClassifierDefinition, ModulatorDefinition } from "../modulators.ts";
import { regionKeyId } from "../regions.ts";
import { JsonText } from "./json-text.ts";

export type EditOf<K extends GenomeEditKind> = Extract<GenomeEdit, { kind: K }>;

export class GenomeDraft {
  /** As it was before the edits. */
  readonly genome: Genome;
  readonly text: JsonText;
  readonly areas: Map<CorticalId, GenomeArea>;
  readonly regions: Map<string, GenomeRegion>;
  readonly morphologies: Map<string, Morphology>;
  readonly modulators: Map<string, ModulatorDefinition>;
  readonly classifiers: Map<string, ClassifierDefinition>;
  physiology: Physiology;
  title: string;
  description: string;
  /** Areas with other values than before, and stored properties that were asked for by name. */
  readonly edited = new Map<CorticalId, Record<string, unknown>>();
  readonly #regionIds = new Map<string, string>();
  readonly #ids = new Map<string, CorticalId | undefined>();
  readonly #writesLongIds: boolean;
  #spellings: ReadonlyMap<CorticalId, string> | undefined;

  constructor(genome: Genome) {
    this.genome = genome;
    this.text = new JsonText(genome.source);
    this.areas = new Map(genome.areas);
    this.regions = new Map(genome.regions);
    this.morphologies = new Map(genome.morphologies);
    this.modulators = new Map(genome.modulators);
    this.classifiers = new Map(genome.classifiers);
    ({ physiology: this.physiology, title: this.title, description: this.description } = genome);
    const written = [...genome.areas.values()].filter(({ added }) => !added);
    this.#writesLongIds = genome.dialect === "feagi-3" || (written.length > 0 && written.every(({ id, documentId }) => id === documentId));
  }

  areaOf(id: CorticalId): GenomeArea {
    const area = this.areas.get(id);
    if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { id }, "connectome.listAreas lists the areas.");
    return area;
  }

  regionOf(id: string): GenomeRegion {
    const region = this.regions.get(id);
    if (!region) throw new LabError("E_NOT_FOUND", "No such brain region", { id }, "connectome.listRegions lists the regions.");
    return region;
  }

  /** Takes the place of the area as it was. */
  setArea(area: GenomeArea, asked: Record<string, unknown> = {}): void {
    this.areas.set(area.id, area);
    this.edited.set(area.id, { ...this.edited.get(area.id), ...asked });
  }

  /** The area that a text in the document means. */
  idOf(text: string): CorticalId | undefined {
    if (!this.#ids.has(text)) this.#ids.set(text, eightByteId(this.genome.migration.idRemaps.get(text) ?? text, this.genome.strict));
    return this.#ids.get(text);
  }

  /** The region that a key in the document means. */
  regionId(key: string): string {
    const id = this.#regionIds.get(key) ?? regionKeyId(key);
    this.#regionIds.set(key, id);
    return id;
  }

  /** An id as the document writes it. */
  spelled(id: CorticalId): string {
    const area = this.areas.get(id);
    if (area && !area.added) return area.documentId;
    const text = this.#mentions().get(id) ?? (this.#writesLongIds ? id : shortestIdText(id));
    this.#ids.set(text, id);
    return text;
  }

  /** How the document spells ids that it names; two spellings of one id would be read as two ids. */
  #mentions(): ReadonlyMap<CorticalId, string> {
    if (this.#spellings) return this.#spellings;
    const { areas, migration } = this.genome;
    const named = [...areas.values()].flatMap(({ mappings }) => [...mappings.keys()]);
    this.#spellings = new Map([
      ...named.map((id) => [id, id] as const),
      ...[...migration.idRemaps].map(([text, id]) => [id, text] as const),
    ]);
    return this.#spellings;
  }

  /** The member of the document, which is there from now on. */
  section(key: "blueprint" | "brain_regions" | "neuron_morphologies" | "physiology" | "modulators" | "classifiers"): JsonObject {
    return this.text.objectAt(this.text.root, key);
  }
}

export const invalid = (message: string, details: Record<string, unknown> = {}, fix?: string) =>
  new LabError("E_INVALID", message, details, fix);
export const conflict = (message: string, details: Record<string, unknown> = {}, fix?: string) =>
  new LabError("E_CONFLICT", message, details, fix);
