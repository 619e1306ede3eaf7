/** Brain regions: looking them up and editing them. Source: spec/development.md sections 7 and 8. */
import type { ServiceOf } from "#contracts/command.ts";
import type { regionCommands } from "#contracts/commands/connectome/regions.ts";
import type { BrainRegion } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { cloneRegion, type RegionClone } from "#core/genome/edit/clone-region.ts";
import { freshRegionId } from "#core/genome/edit/fresh-ids.ts";
import { checkDesignations } from "#core/genome/region-policy.ts";
import type { LabState } from "../lab-state.ts";
import type { TakeRequest } from "./request.ts";

export function createRegionService(state: LabState, take: TakeRequest): ServiceOf<typeof regionCommands> {
  const regions = () => [...state.living.connectome.regions.values()];
  const childrenOf = (id: string) => regions().filter(({ parent }) => parent === id);
  return {
    listRegions: async () => regions(),
    async getRegion({ id }) {
      const region = regionOf(state, id);
      const written = state.living.connectome.genome.regions.get(id);
      return {
        ...region,
        children: childrenOf(id).map((child) => child.id),
        description: written?.description ?? "",
        position2d: written?.position2d ?? [0, 0],
        designatedInputs: written?.designatedInputs ?? [],
        designatedOutputs: written?.designatedOutputs ?? [],
      };
    },
    async circuitPlaces() {
      const { genome } = state.living.connectome;
      return {
        areas: [...genome.areas.values()].map(({ id, position2d }) => ({ id, at: position2d ?? [0, 0] })),
        regions: regions().map(({ id }) => ({ id, at: genome.regions.get(id)?.position2d ?? [0, 0] })),
      };
    },
    async createRegion({ parent, areas, ...values }, context) {
      let id = "";
      await take((genome) => {
        id = freshRegionId(genome, values.name);
        const home = parent ?? regions()[0]!.id;
        regionOf(state, home);
        const moves = areas.map((area): GenomeEdit => ({ kind: "moveArea", area, region: id }));
        return { group: `Add region ${values.name}`, edits: [{ kind: "createRegion", id, parent: home, ...values }, ...moves] };
      }, context);
      return regionOf(state, id);
    },
    async updateRegion({ id, ...values }, context) {
      await take((genome) => {
        const { name } = regionOf(state, id);
        const region = genome.regions.get(id);
        if (region && (values.designatedInputs || values.designatedOutputs)) {
          const { designatedInputs = region.designatedInputs, designatedOutputs = region.designatedOutputs } = values;
          checkDesignations(genome, region, designatedInputs, designatedOutputs);
        }
        return { group: `Change region ${values.name ?? name}`, edits: [{ kind: "updateRegion", id, ...values }] };
      }, context);
      return regionOf(state, id);
    },
    async cloneRegion({ id, dryRun, ...values }, context) {
      let clone: Omit<RegionClone, "edits"> | undefined;
      const done = await take(
        (genome) => {
          const { edits, ...told } = cloneRegion(genome, id, values);
          clone = told;
          return { group: `Duplicate region ${regionOf(state, id).name}`, edits };
        },
        context,
        dryRun,
      );
      return { ...done, ...clone! };
    },
    dissolveRegion: ({ id }, context) =>
      take(() => {
        const { name } = notRoot(regionOf(state, id));
        return { group: `Dissolve region ${name}`, edits: [{ kind: "removeRegion", id }] };
      }, context),
    removeRegion: ({ id, dryRun }, context) =>
      take(
        () => {
          const region = notRoot(regionOf(state, id));
          // Deepest first: the contents of a region are gone before it goes.
          const inside = (one: BrainRegion): BrainRegion[] => [...childrenOf(one.id).flatMap(inside), one];
          const edits = inside(region).flatMap(({ id: inner, areas }): GenomeEdit[] => [
            ...areas.map((area): GenomeEdit => ({ kind: "removeArea", area })),
            { kind: "removeRegion", id: inner },
          ]);
          return { group: `Remove region ${region.name}`, edits };
        },
        context,
        dryRun,
      ),
  };
}

function regionOf(state: LabState, id: string): BrainRegion {
  const region = state.living.connectome.regions.get(id);
  if (!region) throw new LabError("E_NOT_FOUND", "No such brain region", { id }, "connectome.listRegions lists the regions.");
  return region;
}

function notRoot(region: BrainRegion): BrainRegion {
  if (region.parent === null) throw new LabError("E_CONFLICT", "Cannot remove the root region", { id: region.id }, "Remove what is in it.");
  return region;
}
