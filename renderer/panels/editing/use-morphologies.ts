/** The morphologies of the loaded brain and who uses them, read again whenever its connectome changes. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { OutputOf } from "#contracts/command.ts";
import type { MappingCommands } from "#contracts/commands/connectome/mappings.ts";
import { useRefusal, useWorkbench } from "../../shell/workbench.ts";

export type MorphologySummary = OutputOf<MappingCommands["listMorphologies"]>[number];

export function useMorphologies(): readonly MorphologySummary[] {
  const { lab, stores } = useWorkbench();
  const refused = useRefusal();
  const mappings = useStore(stores.brain, (state) => state.mappings);
  const hasBrain = useStore(stores.brain, (state) => state.areas.length > 0);
  const [list, setList] = useState<readonly MorphologySummary[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: mappings are another list after every change
  useEffect(() => {
    if (!hasBrain) return setList([]);
    let current = true;
    lab.connectome.listMorphologies({}).then((read) => current && setList(read), refused);
    return () => {
      current = false;
    };
  }, [lab, refused, mappings, hasBrain]);
  return list;
}
