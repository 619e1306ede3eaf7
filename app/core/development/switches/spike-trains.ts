/** Areas whose spikes are trains: one crossing fires as often as the consecutive-fire limit says. Source: spec/burst-engine-extensions.md 11.4. */
import { laterProperty } from "../../genome/later-properties.ts";
import { isLockedDriver } from "../driver-areas.ts";
import { propertyPath, report, type Source, told } from "./reading.ts";

export function spikeTrains(source: Source): number[] {
  const found: number[] = [];
  for (const one of source.living) {
    const { name, index, parameters } = one.area;
    const said = laterProperty(one.gene.properties, "spike_train");
    const isDriver = isLockedDriver(source.genome, one.gene);
    const path = propertyPath(source, one, "spike_train", "spktrn-b");
    if (said !== undefined && typeof said !== "boolean") {
      const message = `spike_train of ${name} must be true or false; its spikes stay single ones.`;
      report(source, path, { code: "SPIKE_TRAIN", message, expected: "true or false", found: told(said) });
    }
    if (said !== true && !isDriver) continue;
    if (parameters.consecutiveFireLimit >= 1) found.push(index);
    else {
      const message = `${name} has spike trains and no consecutive-fire limit, which is their length; its spikes stay single ones.`;
      report(source, path, { code: "SPIKE_TRAIN", message, expected: "a consecutive-fire limit of at least 1", found: "no limit" });
    }
  }
  return found;
}
