/** Reads the switches of a genome, subsystem after subsystem. What cannot be switched on is said and left out. */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { Dynamics } from "#contracts/network.ts";
import type { Genome } from "../../genome/genome.ts";
import { classifierWatches } from "./classifiers.ts";
import { homeostats } from "./homeostats.ts";
import { plasticMappings, trackedAreas } from "./mappings.ts";
import { memoryAreas, sparseMemory, twins } from "./memory.ts";
import { boundModulators, ruleGroups, subscriptions } from "./modulators.ts";
import type { Source } from "./reading.ts";
import type { Switches } from "./shape.ts";
import { spikeTrains } from "./spike-trains.ts";
import { reportUnsupported } from "./unsupported.ts";

export function switchesOf(genome: Genome, areas: ReadonlyMap<CorticalId, CorticalArea>, dynamics: Dynamics): Switches {
  const living = [...areas.values()]
    .flatMap((area) => {
      const gene = genome.areas.get(area.id);
      return gene ? [{ gene, area }] : [];
    })
    .sort((a, b) => a.area.index - b.area.index);
  const source: Source = { genome, areas, dynamics, living, problems: [] };
  const modulators = boundModulators(source);
  const mappings = plasticMappings(source, modulators);
  const switches = {
    tracked: trackedAreas(source, mappings),
    mappings,
    modulators,
    subscriptions: subscriptions(source),
    groups: ruleGroups(source),
    spikeTrains: spikeTrains(source),
    homeostats: homeostats(source),
    memory: memoryAreas(source),
    twins: twins(source),
    sparse: sparseMemory(source),
    watches: classifierWatches(source),
  };
  reportUnsupported(source);
  return { ...switches, problems: source.problems };
}
