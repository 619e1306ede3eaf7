/** Places of nodes as the genome has them, read again after every change. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { useRefusal, useWorkbench } from "../../shell/workbench.ts";
import type { Places } from "./use-layers.ts";

export function usePlaces() {
  const { lab, stores } = useWorkbench();
  const refused = useRefusal();
  const areas = useStore(stores.brain, (state) => state.areas);
  const regions = useStore(stores.brain, (state) => state.regions);
  const state = useState<Places | null>(null);
  const [, setPlaces] = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: areas and regions are other ones after every change
  useEffect(() => {
    let current = true;
    lab.connectome.circuitPlaces({}).then((read) => {
      if (!current) return;
      const point = ([x, y]: readonly [number, number]) => ({ x, y });
      setPlaces(
        new Map([
          ...read.areas.map(({ id, at }) => [`area:${id}`, point(at)] as const),
          ...read.regions.map(({ id, at }) => [`region:${id}`, point(at)] as const),
        ]),
      );
    }, refused);
    return () => {
      current = false;
    };
  }, [lab, refused, areas, regions, setPlaces]);
  return state;
}
