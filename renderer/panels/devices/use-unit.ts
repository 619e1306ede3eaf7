/** The unit of an input or output area with what the genome says of its devices. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { OutputOf } from "#contracts/command.ts";
import type { areaCommands } from "#contracts/commands/connectome/areas.ts";
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { partsOf, unitOf } from "./device-unit.ts";

export type UnitKind = OutputOf<typeof areaCommands.listUnits>[number];

/** Empty until they were read. */
export function useUnitKinds(): readonly UnitKind[] {
  const { lab } = useWorkbench();
  const refused = useRefusal();
  const [kinds, setKinds] = useState<readonly UnitKind[]>([]);
  useEffect(() => {
    let current = true;
    lab.connectome.listUnits({}).then((read) => current && setKinds(read), refused);
    return () => {
      current = false;
    };
  }, [lab, refused]);
  return kinds;
}

export interface Unit {
  title: string;
  unit: string;
  index: number;
  parts: readonly CorticalArea[];
  /** Null until it was read. */
  devices: number | null;
}

/** Null where the area is of no device. */
export function useUnit(id: CorticalId): Unit | null {
  const { lab, stores } = useWorkbench();
  const refused = useRefusal();
  const areas = useStore(stores.brain, (state) => state.areas);
  const kinds = useUnitKinds();
  const [devices, setDevices] = useState<number | null>(null);
  useEffect(() => {
    let current = true;
    // Again after every edit, which makes the areas other ones.
    if (areas.some((one) => one.id === id))
      lab.connectome
        .describeArea({ id })
        .then(({ properties }) => current && setDevices(typeof properties.dev_count === "number" ? properties.dev_count : 1), refused);
    return () => {
      current = false;
    };
  }, [lab, areas, id, refused]);
  const area = areas.find((one) => one.id === id);
  const own = area && unitOf(area);
  if (!own) return null;
  const title = kinds.find(({ unit }) => unit === own.unit)?.title ?? own.unit;
  return { title, unit: own.unit, index: own.index, parts: partsOf(areas, id), devices };
}
