/** Which hunks cannot be applied without which others. */
import type { CorticalId } from "#contracts/connectome.ts";
import type { GenomeEdit, Hunk } from "#contracts/genome-edit.ts";
import type { Way } from "./alignment.ts";

/** Fills in `needs`; hunks without edits need nothing and are needed by none. */
export function connectNeeds(hunks: Hunk[], way: Way): Hunk[] {
  const index = new HunkIndex(hunks, way);
  return hunks.map((hunk) => {
    const needs = new Set(hunk.edits.flatMap((edit) => index.needsOf(edit)));
    needs.delete(hunk.id);
    return { ...hunk, needs: [...needs] };
  });
}

class HunkIndex {
  readonly #way: Way;
  readonly #hunks: ReadonlyMap<string, Hunk>;
  /** Hunks of mappings by an area they touch, and by a morphology that they give up. */
  readonly #mappingsOf = new Map<CorticalId, string[]>();
  readonly #givenUp = new Map<string, string[]>();
  /** Area as `to` calls it → the hunk that renames it. */
  readonly #renames = new Map<CorticalId, string>();

  constructor(hunks: readonly Hunk[], way: Way) {
    this.#way = way;
    this.#hunks = new Map(hunks.filter(({ edits }) => edits.length > 0).map((hunk) => [hunk.id, hunk]));
    for (const hunk of this.#hunks.values()) for (const edit of hunk.edits) this.#enter(hunk, edit);
  }

  #enter({ id }: Hunk, edit: GenomeEdit): void {
    const { from, to } = this.#way;
    if (edit.kind === "changeAreaId") this.#renames.set(edit.to, id);
    if (edit.kind === "setMapping") {
      for (const area of new Set([edit.src, edit.dst])) push(this.#mappingsOf, area, id);
      const now = new Set(edit.rules.map(({ morphology }) => morphology));
      const before = from.areas.get(edit.src)?.mappings.get(edit.dst) ?? [];
      for (const morphology of new Set(before.map((rule) => rule.morphology)))
        if (!now.has(morphology)) push(this.#givenUp, morphology, id);
    }
    const morphologyId = edit.kind === "setMorphology" ? edit.morphology.id : edit.kind === "removeMorphology" ? edit.id : undefined;
    const [before, after] = [from.morphologies.get(morphologyId ?? ""), to.morphologies.get(morphologyId ?? "")];
    if (before?.type === "composite" && !(after?.type === "composite" && after.mapper === before.mapper))
      push(this.#givenUp, before.mapper, id);
  }

  needsOf(edit: GenomeEdit): string[] {
    switch (edit.kind) {
      case "createArea":
        return edit.region === undefined ? [] : this.#added(`region:${edit.region}`);
      case "moveArea":
        return [...this.#renamed(edit.area), ...this.#added(`region:${edit.region}`)];
      case "createRegion":
      case "updateRegion":
        return [...this.#placed(edit.parent), ...this.#members([...(edit.designatedInputs ?? []), ...(edit.designatedOutputs ?? [])])];
      case "setMorphology":
        return edit.morphology.type === "composite" ? this.#added(`morphology:${edit.morphology.mapper}`) : [];
      case "setMapping":
        return [`area:${edit.src}`, `area:${edit.dst}`, ...edit.rules.map((rule) => `morphology:${rule.morphology}`)].flatMap((id) =>
          this.#added(id),
        );
      case "removeArea":
        return this.#mappingsOf.get(edit.area) ?? [];
      case "removeMorphology":
        return this.#givenUp.get(edit.id) ?? [];
      case "removeRegion":
        return this.#emptied(edit.id);
      default:
        return [];
    }
  }

  #added(id: string): string[] {
    return this.#hunks.get(id)?.kind === "added" ? [id] : [];
  }

  /** A parent that is new, or gets a new parent itself: only all of them together are sure to make no circle. */
  #placed(parent: string | null | undefined): string[] {
    const hunk = this.#hunks.get(`region:${parent}`);
    return hunk?.edits.some((edit) => edit.kind === "createRegion" || (edit.kind === "updateRegion" && edit.parent !== undefined))
      ? [hunk.id]
      : [];
  }

  #renamed(area: CorticalId): string[] {
    const hunk = this.#renames.get(area);
    return hunk === undefined ? [] : [hunk];
  }

  /** Areas that must come first to be members. */
  #members(areas: readonly CorticalId[]): string[] {
    return areas.flatMap((area) => {
      const hunk = this.#hunks.get(`area:${area}`);
      const comes = hunk?.edits.some(({ kind }) => kind === "createArea" || kind === "moveArea");
      return [...this.#renamed(area), ...(hunk && comes ? [hunk.id] : [])];
    });
  }

  /** All that leaves a region before it goes. */
  #emptied(region: string): string[] {
    const { areas = [] } = this.#way.from.regions.get(region) ?? {};
    const children = [...this.#way.from.regions.values()].filter(({ parent }) => parent === region);
    return [...areas.map((area) => `area:${area}`), ...children.map(({ id }) => `region:${id}`)].filter((id) => this.#hunks.has(id));
  }
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
