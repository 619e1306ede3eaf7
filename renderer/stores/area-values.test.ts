import { expect, test, vi } from "vitest";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { FrameRing } from "../bridge/frame-ring.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createAreaValues } from "./area-values.ts";
import { createBrainStore } from "./brain-store.ts";
import { createSceneStore } from "./scene-store.ts";

test("coloured by rate, a brain at rest shows the rates of the bursts that the window holds", async () => {
  const recent = new FrameRing();
  for (const [burst, fired] of [4, 0].entries()) {
    const sections = [{ area: 7, ids: new Uint32Array(fired) }];
    recent.push({ burst, generation: 1, fired, sections } as unknown as DecodedFrame);
  }
  const bridge = { frames: { recent, onFrames: () => () => {} }, connection: { phase: "open" } } as unknown as LabBridge;
  const brain = createBrainStore();
  brain.setState({ areas: [{ id: "V1", index: 7, neurons: 8 }] } as never);
  const scene = createSceneStore();
  const values = createAreaValues(bridge, brain, scene);
  expect(values.getState()).toBeNull();
  scene.setState({ colourBy: "rate" });
  // Two bursts, four firings, eight neurons.
  await vi.waitFor(() => expect(values.getState()?.values.get("V1")).toBe(0.25));
  scene.setState({ colourBy: "activity" });
});
