/** What a condition that is being written would do: tried on the recording a moment after the last key. */
import { useEffect, useState } from "react";
import type { z } from "zod";
import { useStore } from "zustand";
import type { Evaluation } from "#contracts/debug.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { messageOf } from "../../ui/error-text.ts";

export type Tried = { of: string; evaluation: z.infer<typeof Evaluation> } | { of: string; problem: string };

const pauseMs = 350;
/** Bursts it is tried on. */
const triedBursts = 4096;

/** Null while there is nothing to try, or it is being tried. */
export function useTried(condition: string): Tried | null {
  const { lab, stores } = useWorkbench();
  const [tried, setTried] = useState<Tried | null>(null);
  // At rest another burst is another answer; while running the figures of the moment it was written stay.
  const at = useStore(stores.brain, ({ status }) => (status?.state === "running" ? -1 : (status?.burst ?? -1)));
  const text = condition.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `at` says when to try again
  useEffect(() => {
    if (text === "") return;
    const trying = new AbortController();
    const timer = setTimeout(() => {
      lab.debug.evaluate({ condition: text, bursts: triedBursts }, { signal: trying.signal }).then(
        (evaluation) => !trying.signal.aborted && setTried({ of: text, evaluation }),
        (error: unknown) => !trying.signal.aborted && setTried({ of: text, problem: messageOf(error) }),
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      trying.abort();
    };
  }, [lab, text, at]);
  return text === "" || tried?.of !== text ? null : tried;
}
