/** Still pictures and films of the scene, with the names over it and what explains it below. Nothing leaves the window: both are blobs. */
import { mix, type Pose } from "./camera-rig.ts";
import { type FigureText, paintText, textHeight } from "./figure.ts";
import type { SceneTheme } from "./scene-types.ts";

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
  paintOverlays(context: CanvasRenderingContext2D): void;
  show(pose: Pose): void;
}

export interface Film {
  /** Key pictures to fly through; none films what goes on. */
  poses: readonly Pose[];
  /** Of each flight between two, or of the whole film where there are no poses. */
  seconds: number;
  /** Cuts instead of flights. */
  cuts: boolean;
  signal: AbortSignal;
  onProgress(share: number): void;
}

const picturesPerSecond = 30;
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

/** Rejects with AbortError when it is cancelled, and where there is no codec. */
export async function film(stage: Stage, text: FigureText, { poses, seconds, cuts, signal, onProgress }: Film): Promise<Blob> {
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
  const wholeMs = seconds * 1000 * Math.max(1, poses.length - 1);
  recorder.start(1000);
  const startedAt = performance.now();
  try {
    for (;;) {
      const now = await new Promise<number>((next) => requestAnimationFrame(next));
      signal.throwIfAborted();
      const share = Math.min(1, Math.max(0, (now - startedAt) / wholeMs));
      const pose = poseAt(poses, share, cuts);
      if (pose) stage.show(pose);
      stage.draw(1);
      compose(canvas, stage, 1, text);
      onProgress(share);
      if (share === 1) break;
    }
  } finally {
    recorder.stop();
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

/** The canvas as it was drawn last must still be there: call it in the task that drew. */
function compose(into: HTMLCanvasElement, { canvas, theme, family, paintOverlays }: Stage, scale: number, text: FigureText): void {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const context = into.getContext("2d")!;
  const below = text.caption === "" && text.legend.length === 0 ? 0 : textHeight(context, width, text, family);
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
