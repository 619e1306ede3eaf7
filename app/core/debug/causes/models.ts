/** The neuron models that causes can be told of. */
import type { Dynamics } from "./dynamics.ts";
import type { Eve } from "./eve.ts";
import { feagiDynamics } from "./feagi.ts";
import { lifDynamics } from "./lif.ts";

export function dynamicsOf({ isLif }: Eve): Dynamics {
  return isLif ? lifDynamics : feagiDynamics;
}
