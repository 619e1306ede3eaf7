/** Areas and frames in short form, for tests and the bench of this room. */
import type { DecodedFrame } from "../../bridge/frame-decode.ts";
import type { SceneArea, SceneTheme } from "../scene-types.ts";

export function area(more: Partial<SceneArea> = {}): SceneArea {
  const dimensions = more.dimensions ?? [4, 3, 2];
  const neurons = dimensions[0] * dimensions[1] * dimensions[2] * (more.neuronsPerVoxel ?? 1);
  return {
    id: "a",
    name: "A",
    kind: "custom",
    dimensions,
    position: [0, 0, 0],
    neurons,
    index: 0,
    firstNeuron: 0,
    neuronsPerVoxel: 1,
    ...more,
  };
}

/** A frame from area index → neuron ids. */
export function frame(burst: number, fired: Record<number, number[]>, generation = 1): DecodedFrame {
  const sections = Object.entries(fired).map(([index, ids]) => ({ area: Number(index), ids: new Uint32Array(ids) }));
  return {
    burst,
    generation,
    skipped: 0,
    fired: sections.reduce((sum, { ids }) => sum + ids.length, 0),
    processed: 0,
    refractory: 0,
    synaptic: 0,
    power: 0,
    engine: "reference",
    engineNanos: 0,
    sections,
  };
}

export const theme: SceneTheme = {
  paper: false,
  background: "#000000",
  text: "#ffffff",
  secondary: "#cccccc",
  focus: "#ffff00",
  grid: "#444444",
  excitatory: "#eecc77",
  inhibitory: "#5577dd",
  breakpoint: "#dd5566",
  signed: ["#0000ff", "#ffffff", "#ff8800"],
  kinds: { input: "#00ffff", output: "#ffaa00", custom: "#999999", memory: "#ff00ff", core: "#aaffaa", modulator: "#aaaaaa" },
  ramp: ["#000000", "#550077", "#bb3377", "#ee6633", "#ffaa00", "#ffffcc"],
};
