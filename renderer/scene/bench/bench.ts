/**
 * The scene by itself, fed with generated bursts: what one burst costs (bytes to the card, scatter, draw, each apart), and how
 * many pictures a second come out of it. Open it from any web server; the query sets the figures, `window.gyrusSceneBench`,
 * the console and the page tell the result as JSON.
 *
 *   firing=1200000 voxels=2097152 areas=16 width=1920 height=1080 activity=gpu|software bursts=60 seconds=5
 */
import * as THREE from "three";
import { maxFrameCredit } from "#contracts/wire.ts";
import { type DecodedFrame, decodeFrame } from "../../bridge/frame-decode.ts";
import { createFrameDecoder } from "../../bridge/frame-decoder.ts";
import { createFrameInbox } from "../../bridge/frame-inbox.ts";
import { createSharedUniforms } from "../activity.ts";
import { CameraRig } from "../camera-rig.ts";
import { createGpuActivity } from "../gpu-activity.ts";
import { worldBox } from "../placement.ts";
import { createRenderer, rendererName } from "../renderer.ts";
import { createScene } from "../scene.ts";
import { createSoftwareActivity } from "../software-activity.ts";
import { theme } from "../testing/areas.ts";
import { createMessages, generateAreas } from "./generated.ts";
import { type Cost, GlMeter } from "./gl-meter.ts";

declare global {
  interface Window {
    gyrusSceneBench?: unknown;
  }
}

const query = new URLSearchParams(window.location.search);
const figure = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
const wanted = {
  firing: figure("firing", 1_200_000),
  voxels: figure("voxels", 2_097_152),
  areas: figure("areas", 16),
  width: figure("width", 1920),
  height: figure("height", 1080),
  bursts: figure("bursts", 60),
  seconds: figure("seconds", 5),
};
/** Bursts that are not counted: shaders compile, buffers grow. */
const warmUp = 10;
const liveHz = 30;
const depth = 8;
const edge = Math.round(Math.sqrt(wanted.voxels / wanted.areas / depth));
const areas = generateAreas([edge, edge, depth], wanted.areas);
const voxels = areas.reduce((sum, { neurons }) => sum + neurons, 0);
const messageOf = createMessages(areas, Math.min(1, wanted.firing / voxels));

run().then(
  (result) => tell("done", result),
  (error: unknown) => tell("failed", { error: String(error) }),
);

async function run() {
  const canvas = document.createElement("canvas");
  const { renderer, software } = createRenderer(canvas);
  if (!renderer) throw new Error("This browser gives no WebGL 2");
  const name = rendererName(renderer.getContext() as WebGL2RenderingContext);
  const activity = (query.get("activity") ?? (software ? "software" : "gpu")) as "gpu" | "software";
  const first = messageOf(0);
  const result = {
    card: name,
    browser: navigator.userAgent,
    picture: [wanted.width, wanted.height],
    activity,
    voxels,
    firing: decodeFrame(first).fired,
    messageBytes: first.byteLength,
    decodeMs: summary(timed(20, (i) => decodeFrame(messageOf(i)))),
    ...(await measureParts(renderer, activity)),
  };
  renderer.dispose();
  renderer.forceContextLoss();
  return {
    ...result,
    flatOut: await measurePace(activity, null),
    live: { hz: liveHz, ...(await measurePace(activity, liveHz)) },
  };
}

/** Scatter and draw of one burst after another, each alone. */
async function measureParts(renderer: THREE.WebGLRenderer, kind: "gpu" | "software") {
  const shared = createSharedUniforms(theme);
  const activity = kind === "gpu" ? createGpuActivity(renderer, shared) : createSoftwareActivity(shared);
  const scene = new THREE.Scene();
  scene.add(activity.object);
  const rig = new CameraRig();
  rig.setViewport(wanted.width, wanted.height);
  renderer.setPixelRatio(1);
  renderer.setSize(wanted.width, wanted.height, false);
  rig.setSceneSize(edge * 8);
  rig.frame(areas.map(worldBox), 0, false);
  rig.apply(0);
  shared.pixelsPerUnit.value = (wanted.height / 2) * rig.camera.projectionMatrix.elements[5]!;
  activity.setAreas(areas);
  const meter = new GlMeter(renderer.getContext() as WebGL2RenderingContext);
  const costs = { scatter: [] as Cost[], draw: [] as Cost[], upload: [] as number[] };
  for (let burst = 1; burst <= warmUp + wanted.bursts; burst++) {
    const frame = decodeFrame(messageOf(burst));
    // Every fourth burst waits around each hand-over to tell it apart; the others do not.
    const apart = burst % 4 === 0;
    const scatter = await meter.measure(() => activity.scatter([frame]), apart);
    const draw = await meter.measure(() => {
      activity.prepare(burst);
      activity.aim(rig.camera, shared.pixelsPerUnit.value, 0, 0, 0);
      renderer.render(scene, rig.camera);
    }, apart);
    if (burst <= warmUp) continue;
    if (apart) costs.upload.push((scatter.uploadMs ?? 0) + (draw.uploadMs ?? 0));
    else {
      costs.scatter.push(scatter);
      costs.draw.push(draw);
    }
    if (burst % 10 === 0) await new Promise((next) => requestAnimationFrame(next));
  }
  const { counts } = activity;
  activity.dispose();
  return {
    cardClock: meter.hasClock,
    bytesPerBurst: summary(costs.scatter.map(({ bytes }, i) => bytes + costs.draw[i]!.bytes)).p50,
    uploadMs: summary(costs.upload),
    scatter: summaryOf(costs.scatter),
    draw: summaryOf(costs.draw),
    drawCalls: renderer.info.render.calls,
    parts: counts,
  };
}

/** The whole scene from message to picture, with its own decode worker: bursts at a rate, or as many as it asks for. */
async function measurePace(activity: "gpu" | "software", hz: number | null) {
  const host = document.querySelector<HTMLElement>("#picture")!;
  host.style.width = `${wanted.width}px`;
  host.style.height = `${wanted.height}px`;
  const inbox = createFrameInbox({
    decoder: (onFrame: (frame: DecodedFrame) => void) => createFrameDecoder(onFrame),
    nextFrame: (callback) => requestAnimationFrame(callback),
  });
  const scene = createScene({
    frames: inbox,
    theme,
    reducedMotion: true,
    onPick: () => {},
    onHover: () => {},
    scaleText: String,
    activity,
    economy: false,
  });
  scene.setBrain({ areas, regions: [], mappings: [] }, 1);
  scene.mount(host);
  let credit = 0;
  let burst = 0;
  let skipped = 0;
  const send = () => {
    if (credit === 0) {
      skipped++;
      return;
    }
    credit--;
    inbox.receive(messageOf(++burst));
  };
  inbox.restart((frames) => {
    credit = Math.min(maxFrameCredit, credit + frames);
    if (hz === null) queueMicrotask(() => { while (credit > 0) send(); }); // biome-ignore format: one thought
  });
  const timer = hz === null ? undefined : setInterval(send, 1000 / hz);
  let shown = 0;
  let pictures = 0;
  const threadMs: number[] = [];
  const gaps: number[] = [];
  let before = 0;
  inbox.onFrames((frames) => {
    const now = performance.now();
    if (before > 0) gaps.push(now - before);
    before = now;
    shown += frames.length;
    pictures++;
    threadMs.push(scene.stats().drawMs);
  });
  await new Promise((done) => setTimeout(done, 1000));
  [shown, pictures, skipped, threadMs.length, gaps.length] = [0, 0, 0, 0, 0];
  const startedAt = performance.now();
  await new Promise((done) => setTimeout(done, wanted.seconds * 1000));
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(timer);
  const { points, ofPoints, bricks, exposure } = scene.stats();
  scene.dispose();
  return {
    picturesPerSecond: round(pictures / seconds),
    burstsPerSecond: round(shown / seconds),
    skippedPerSecond: hz === null ? null : round(skipped / seconds),
    betweenPicturesMs: summary(gaps),
    threadMs: summary(threadMs),
    points,
    ofPoints,
    bricks,
    exposure: round(exposure),
  };
}

function timed(times: number, work: (i: number) => void): number[] {
  return Array.from({ length: times }, (_, i) => {
    const startedAt = performance.now();
    work(i);
    return performance.now() - startedAt;
  });
}

function summaryOf(costs: readonly Cost[]) {
  const card = costs.flatMap(({ cardMs }) => cardMs ?? []);
  return {
    bytes: summary(costs.map(({ bytes }) => bytes)).p50,
    threadMs: summary(costs.map(({ threadMs }) => threadMs)),
    wholeMs: summary(costs.map(({ wholeMs }) => wholeMs)),
    cardMs: card.length > 0 ? summary(card) : null,
  };
}

function summary(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function tell(how: string, result: unknown): void {
  const text = JSON.stringify(result, null, 2);
  document.querySelector("#result")!.textContent = text;
  window.gyrusSceneBench = result;
  console.log(`gyrusSceneBench ${JSON.stringify(result)}`);
  document.title = `Scene bench: ${how}`;
}
