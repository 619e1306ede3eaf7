import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import type { Hit } from "#contracts/debug.ts";
import { WorkbenchProvider } from "../../shell/workbench.ts";
import { HitLog } from "./HitLog.tsx";

const hit = (timeline: string, burst: number): Hit => ({
  ...{ breakpoint: "1", text: "fires(V1) > 0", burst, action: "pause", terms: [] },
  timeline: { id: timeline, name: `way ${timeline}` },
});

function shown(here: string): string {
  const hits = [hit("a", 10), hit("b", 21), hit("a", 22)];
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
