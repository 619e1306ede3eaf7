/** The state of one neuron: read twice a second while the brain runs, once per burst or edit at rest. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { NeuronState } from "#contracts/commands/connectome/neurons.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { messageOf } from "../../ui/error-text.ts";

const readMs = 500;

export function useNeuron(id: number | null): [NeuronState | null, string | null] {
  const { lab, stores } = useWorkbench();
  const running = useStore(stores.brain, (state) => state.status?.state === "running");
  // At rest a step or an edit changes what there is to read; while running the clock below does.
  const restingAt = useStore(stores.brain, ({ status }) => (status?.state === "running" ? "" : `${status?.generation} ${status?.burst}`));
  const areas = useStore(stores.brain, (state) => state.areas);
  const connected = useStore(stores.connection, (state) => state.phase === "open");
  const [state, setState] = useState<NeuronState | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: restingAt and areas say when to read again
  useEffect(() => {
    if (id === null || !connected) return;
    let current = true;
    let reading = false;
    const read = () => {
      if (reading) return;
      reading = true;
      lab.connectome
        .getNeuron({ id })
        .then(
          (next) => {
            if (!current) return;
            setState(next);
            setRefusal(null);
          },
          (error: unknown) => current && setRefusal(messageOf(error)),
        )
        .finally(() => {
          reading = false;
        });
    };
    read();
    const timer = running ? setInterval(read, readMs) : undefined;
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [lab, id, running, connected, restingAt, areas]);
  return [state?.id === id ? state : null, refusal];
}
