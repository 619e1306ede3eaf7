/** Still pictures and films of the scene, with the names over it and what explains it below. Nothing leaves the window: both are blobs. */
import { formatCount } from "../ui/format.ts";
import { mix, type Pose } from "./camera-rig.ts";
import { type FigureText, paintText, textHeight } from "./figure.ts";
import type { SceneTheme } from "./scene-types.ts";
import { type Ink, SvgInk } from "./svg-ink.ts";

/** What a capture needs of the scene. */
export interface Stage {
  readonly canvas: HTMLCanvasElement;
  readonly theme: SceneTheme;
  /** The window's typeface. */
  readonly family: string;
  /** Draws now, `scale` device pixels a CSS pixel. */
  draw(scale: number): void;
  /** Draws as before. */
  restore(): void;
  /** Names and scale bars; one unit is a CSS pixel. */
  paintOverlays(context: Ink): void;
  show(pose: Pose): void;
  /** The burst that is drawn; null: where the views stand. */
  showBurst(burst: number | null): void;
}

export interface Film {
  /** Key pictures to fly through; none films what goes on. */
  poses: readonly Pose[];
  /** Bursts to go through evenly, as far as their frames are in memory; null films what goes on. */
  bursts: { from: number; to: number } | null;
  /** Of the whole film; its flights share it evenly. */
  seconds: number;
  /** Cuts instead of flights. */
  cuts: boolean;
  signal: AbortSignal;
  onProgress(share: number): void;
}

export const picturesPerSecond = 30;
/** Stands in a caption for the burst of the picture. */
export const burstPlace = "{burst}";
const codecs = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"] as const;

/** How this browser can film, or null. */
export function filmCodec(): string | null {
  if (typeof MediaRecorder === "undefined") return null;
  return codecs.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

export async function stillPicture(stage: Stage, scale: number, text: FigureText): Promise<Blob> {
  const canvas = document.createElement("canvas");
  try {
    stage.draw(scale);
    compose(canvas, stage, scale, text);
  } finally {
    stage.restore();
  }
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error(`A picture of ${canvas.width} × ${canvas.height} pixels is too large for this browser`);
  return blob;
}

/** The picture as pixels, and names, scale, caption and legend as what they are. */
export function stillDrawing(stage: Stage, scale: number, text: FigureText): Blob {
  const { theme, family } = stage;
  const pixels = document.createElement("canvas");
  const context = pixels.getContext("2d")!;
  const [width, height] = [stage.canvas.clientWidth, stage.canvas.clientHeight];
  const below = roomBelow(context, width, text, family);
  const ink = new SvgInk((words, font) => {
    context.font = font;
    return context.measureText(words);
  });
  ink.fillStyle = theme.background;
  ink.fillRect(0, 0, width, height + below);
  try {
    stage.draw(scale);
    Object.assign(pixels, { width: Math.round(width * scale), height: Math.round(height * scale) });
    context.drawImage(stage.canvas, 0, 0, pixels.width, pixels.height);
  } finally {
    stage.restore();
  }
  ink.image(pixels.toDataURL("image/png"), width, height);
  stage.paintOverlays(ink);
  if (below > 0) paintText(ink, height, width, text, theme, family);
  return new Blob([ink.finish(width, height + below, text.caption)], { type: "image/svg+xml" });
}

/** Rejects with AbortError when it is cancelled, and where there is no codec. */
export async function film(stage: Stage, text: FigureText, { poses, bursts, seconds, cuts, signal, onProgress }: Film): Promise<Blob> {
  const mimeType = filmCodec();
  if (mimeType === null) throw new Error("This browser has no video encoder");
  const canvas = document.createElement("canvas");
  compose(canvas, stage, 1, text);
  const stream = canvas.captureStream(picturesPerSecond);
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 8_000_000 });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise<void>((done) => {
    recorder.onstop = () => done();
  });
  const wholeMs = seconds * 1000;
  recorder.start(1000);
  const startedAt = performance.now();
  try {
    for (;;) {
      const now = await new Promise<number>((next) => requestAnimationFrame(next));
      signal.throwIfAborted();
      const share = Math.min(1, Math.max(0, (now - startedAt) / wholeMs));
      const pose = poseAt(poses, share, cuts);
      if (pose) stage.show(pose);
      const burst = bursts && burstAt(bursts, share);
      if (burst !== null) stage.showBurst(burst);
      stage.draw(1);
      compose(canvas, stage, 1, burst === null ? text : { ...text, caption: text.caption.replaceAll(burstPlace, formatCount(burst)) });
      onProgress(share);
      if (share === 1) break;
    }
  } finally {
    recorder.stop();
    if (bursts) stage.showBurst(null);
    stage.restore();
    for (const track of stream.getTracks()) track.stop();
  }
  await ended;
  return new Blob(parts, { type: mimeType });
}

/** Where the camera is, `share` of the way through the key pictures; slow at each of them. */
export function poseAt(poses: readonly Pose[], share: number, cuts: boolean): Pose | null {
  const last = poses.at(-1);
  if (!last) return null;
  const at = share * (poses.length - 1);
  const from = Math.min(Math.floor(at), Math.max(0, poses.length - 2));
  const to = poses[from + 1];
  if (!to || share === 1) return last;
  const within = at - from;
  return cuts ? poses[from]! : mix(poses[from]!, to, within * within * (3 - 2 * within));
}

/** The burst `share` of the way through. */
export function burstAt({ from, to }: { from: number; to: number }, share: number): number {
  return Math.min(to, from + Math.floor(share * (to - from + 1)));
}

/** The canvas as it was drawn last must still be there: call it in the task that drew. */
function compose(into: HTMLCanvasElement, { canvas, theme, family, paintOverlays }: Stage, scale: number, text: FigureText): void {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const context = into.getContext("2d")!;
  const below = roomBelow(context, width, text, family);
  const [wide, high] = [Math.round(width * scale), Math.round((height + below) * scale)];
  // Setting a size empties the canvas, which a film must not see.
  if (into.width !== wide || into.height !== high) Object.assign(into, { width: wide, height: high });
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height + below);
  context.drawImage(canvas, 0, 0, width, height);
  paintOverlays(context);
  if (below > 0) paintText(context, height, width, text, theme, family);
}

/** CSS pixels that caption and legend take. */
function roomBelow(context: Ink, width: number, text: FigureText, family: string): number {
  return text.caption === "" && text.legend.length === 0 ? 0 : textHeight(context, width, text, family);
}
