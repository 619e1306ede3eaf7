/** The text of one area in either form of a blueprint: a key per property, or one object. */
import type { MappingRule } from "#contracts/connectome.ts";
import { areaRows, areaValues, isUnknownTail, ruleList, ruleObject, type Spelling } from "../area-rows.ts";
import type { GenomeArea } from "../genome.ts";
import type { JsonNode, JsonObject } from "../json.ts";
import { extrasTail, formOfTail, newerNames, type PropertyForm, propertyForms } from "../properties.ts";
import type { GenomeDraft } from "./draft.ts";

const mappingProperty = "cortical_mapping_dst";
const flatKey = (documentId: string, tail: string) => `_____10c-${documentId}-${tail}`;
const tailOf = ({ scope, exon, letter }: PropertyForm) => `${scope}-${exon}-${letter}`;

export class BlueprintText {
  readonly #draft: GenomeDraft;
  readonly #isFlat: boolean;
  readonly #blueprint: JsonObject;
  /** Of a flat document: id in the document → its keys. */
  readonly #keys = new Map<string, Set<string>>();
  readonly spelling: Spelling;

  constructor(draft: GenomeDraft) {
    this.#draft = draft;
    this.#isFlat = draft.genome.dialect !== "hierarchical-2";
    this.#blueprint = draft.section("blueprint");
    this.spelling = { id: (id) => draft.spelled(id), rule: (rule) => this.#rule(rule) };
    if (!this.#isFlat) return;
    for (const key of this.#blueprint.members.keys()) {
      const [prefix, id, ...rest] = key.split("-");
      if (prefix === "_____10c" && id !== undefined && rest.length > 0) this.#keysOf(id).add(key);
    }
  }

  #keysOf(documentId: string): Set<string> {
    const keys = this.#keys.get(documentId) ?? new Set();
    this.#keys.set(documentId, keys);
    return keys;
  }

  #rule(rule: MappingRule): unknown {
    return this.#draft.genome.dialect === "flat-2" ? ruleList(rule) : ruleObject(rule);
  }

  /** An area that the document lacks (a core area) is written whole, so that it reads back the same; otherwise nothing happens. */
  ensureWritten(area: GenomeArea): GenomeArea {
    return area.added ? this.write(area) : area;
  }

  /** Writes a whole new area, every value spelled out. */
  write(area: GenomeArea): GenomeArea {
    const documentId = this.#draft.spelled(area.id);
    const written = { ...area, documentId, added: false };
    this.#draft.setArea(written);
    if (this.#isFlat) {
      for (const [tail, value] of areaRows(written, this.spelling)) this.#setKey(documentId, tail, value);
    } else this.#draft.text.set(this.#blueprint, documentId, Object.fromEntries(areaValues(written, this.spelling)));
    return written;
  }

  remove({ documentId }: GenomeArea): void {
    const { text } = this.#draft;
    if (!this.#isFlat) text.remove(this.#blueprint, documentId);
    for (const key of this.#keysOf(documentId)) text.remove(this.#blueprint, key);
    this.#keys.delete(documentId);
  }

  rename({ documentId }: GenomeArea, to: string): void {
    const { text } = this.#draft;
    if (!this.#isFlat) text.rename(this.#blueprint, documentId, to);
    for (const key of this.#keysOf(documentId)) {
      const renamed = flatKey(to, key.slice(flatKey(documentId, "").length));
      text.rename(this.#blueprint, key, renamed);
      this.#keysOf(to).add(renamed);
    }
    this.#keys.delete(documentId);
  }

  /** A property under its name in a hierarchical document; null takes it away. `isDefault`: it need not be written where it is not. */
  set({ documentId }: GenomeArea, property: string, value: unknown, isDefault = false): void {
    const { text } = this.#draft;
    if (!this.#isFlat) {
      const area = this.#blueprint.members.get(documentId) as JsonObject;
      const newer = newerNames[property];
      const name = !area.members.has(property) && newer !== undefined && area.members.has(newer) ? newer : property;
      if (value === null) text.remove(area, name);
      else if (!isDefault || area.members.has(name)) text.set(area, name, value);
      return;
    }
    const forms = propertyForms.filter((form) => form.property === property);
    for (const form of forms) {
      const key = this.#keyOf(documentId, form);
      const entry = form.axis === undefined ? value : (value as unknown[] | null)?.[form.axis];
      if (entry === null || entry === undefined) for (const one of this.#keysOfForm(documentId, form)) this.#removeKey(documentId, one);
      else if (key !== undefined) text.set(this.#blueprint, key, form.property === "location_generation_type" ? entry === "random" : entry);
      else if (!isDefault)
        this.#setKey(documentId, tailOf(form), form.property === "location_generation_type" ? entry === "random" : entry);
    }
    if (forms.length === 0) this.#setUnknown(documentId, property, value);
  }

  /** The object of an area's mappings; undefined where there is none and none is to be made. */
  mappings({ documentId }: GenomeArea, create = false): JsonObject | undefined {
    const { text } = this.#draft;
    let owner: JsonNode | undefined = this.#blueprint;
    let key: string | undefined = mappingProperty;
    if (this.#isFlat) {
      const form = propertyForms.find((one) => one.property === mappingProperty)!;
      key = this.#keyOf(documentId, form);
      if (key === undefined && create) key = this.#setKey(documentId, tailOf(form), {});
    } else owner = this.#blueprint.members.get(documentId);
    if (key === undefined || owner?.kind !== "object") return undefined;
    if (create) return text.objectAt(owner, key);
    const found = owner.members.get(key);
    return found?.kind === "object" ? found : undefined;
  }

  /** Keys of the form, exactly written ones first; of equals the last one counts. */
  #keysOfForm(documentId: string, form: PropertyForm): string[] {
    const start = flatKey(documentId, "").length;
    const isOfForm = (key: string) => {
      const found = formOfTail(key.slice(start));
      // FEAGI passes over a key with another letter.
      return found?.form === form && (found.exact || !this.#draft.genome.strict);
    };
    const keys = [...this.#keysOf(documentId)].filter(isOfForm).reverse();
    return keys.sort((a, b) => Number(b.endsWith(`-${form.letter}`)) - Number(a.endsWith(`-${form.letter}`)));
  }

  #keyOf(documentId: string, form: PropertyForm): string | undefined {
    return this.#keysOfForm(documentId, form)[0];
  }

  /** After the area's own keys; of a new area after all others. */
  #setKey(documentId: string, tail: string, value: unknown): string {
    const { members } = this.#blueprint;
    const key = flatKey(documentId, tail);
    const own = [...this.#keysOf(documentId)].map((one) => members.get(one)).filter((node) => node !== undefined);
    const last = own.reduce<JsonNode | undefined>((latest, node) => (node.end > (latest?.end ?? -1) ? node : latest), undefined);
    this.#draft.text.set(this.#blueprint, key, value, last);
    this.#keysOf(documentId).add(key);
    return key;
  }

  #removeKey(documentId: string, key: string): void {
    this.#draft.text.remove(this.#blueprint, key);
    this.#keysOf(documentId).delete(key);
  }

  /** What no table knows stands under its own tail where it has one, else in one object. */
  #setUnknown(documentId: string, name: string, value: unknown): void {
    const { text } = this.#draft;
    const own = flatKey(documentId, name);
    const others = flatKey(documentId, extrasTail);
    const object = this.#blueprint.members.get(others);
    const isOwn = this.#blueprint.members.has(own) && name !== extrasTail;
    if (value === null) {
      if (isOwn) this.#removeKey(documentId, own);
      if (object?.kind === "object") text.remove(object, name);
    } else if (object?.kind === "object" && object.members.has(name)) text.set(object, name, value);
    else if (isOwn || isUnknownTail(name)) this.#setKey(documentId, name, value);
    else if (object?.kind === "object") text.set(object, name, value);
    else this.#setKey(documentId, extrasTail, { [name]: value });
  }
}
