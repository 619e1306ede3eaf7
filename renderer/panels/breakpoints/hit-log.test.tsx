import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import type { LoggedHit } from "#contracts/debug.ts";
import { WorkbenchProvider } from "../../shell/workbench.ts";
import { HitLog } from "./HitLog.tsx";

const hit = (timeline: string, burst: number, note = ""): LoggedHit => ({
  ...{ breakpoint: "1", text: "fires(V1) > 0", burst, action: "pause", terms: [] },
  ...{ id: burst, note },
  timeline: { id: timeline, name: `way ${timeline}` },
});

function shown(here: string): string {
  const hits = [hit("a", 10), hit("b", 21, "too early"), hit("a", 22)];
  // Without a page, a store is read as it began.
  const stores = {
    debug: { store: createStore(() => ({ hits })) },
    brain: createStore(() => ({ status: { brainId: here } })),
    connection: createStore(() => ({ phase: "open", write: true })),
  };
  return renderToStaticMarkup(
    <WorkbenchProvider value={{ stores } as never}>
      <HitLog />
    </WorkbenchProvider>,
  );
}

test("the log has the hits of the timeline that is shown, and says how many others have", () => {
  const bursts = (html: string) => [...html.matchAll(/Go to burst (\d+)/g)].map(([, burst]) => Number(burst));
  expect(bursts(shown("a"))).toEqual([22, 10]);
  expect(bursts(shown("b"))).toEqual([21]);
  expect(shown("a")).toContain("Other timelines too (1 hit)");
});

test("a hit has the note that was written to it, others offer one", () => {
  expect(shown("b")).toContain("Note to burst 21: too early");
  expect(shown("b")).not.toContain("Add a note");
  expect(shown("a").match(/Add a note to the hit/g)).toHaveLength(2);
});
