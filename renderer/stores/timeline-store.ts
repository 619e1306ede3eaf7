/**
 * The recording as the timeline shows it, and the way along it. Going to a burst is the host's doing (`time.goTo`); while one move is
 * under way only the newest wish waits, so that a dragged cursor never queues.
 */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { Activity, Recording } from "#contracts/commands/time.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import type { Kept } from "../ui/kept.ts";
import { createPacer } from "./pacer.ts";

interface Verified {
  from: number;
  to: number;
  bursts: number;
  divergence: { burst: number; what: string } | null;
}

interface Loop {
  from: number | null;
  to: number | null;
}

export const followModes = ["edge", "centre", "off"] as const;
export type FollowMode = (typeof followModes)[number];
export const playSpeeds = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16] as const;
export type PlaySpeed = (typeof playSpeeds)[number];

export interface TimelineState {
  recording: Recording | null;
  activity: Activity | null;
  /** Bursts shown; null: the whole recording. */
  span: number | null;
  /** Where the picture stays while the brain moves: with it near the edge or in the middle, or where it is. */
  follow: FollowMode;
  /** The first burst shown where nothing is followed. */
  start: number | null;
  /** Of playback, in times of the rate asked for. */
  speed: PlaySpeed;
  /** Ascending. */
  markers: readonly number[];
  loop: Loop;
  isLooping: boolean;
  /** Burst that is being gone to. */
  seeking: number | null;
  verified: Verified | "running" | null;
}

export interface Timeline {
  store: StoreApi<TimelineState>;
  /** The brain stands elsewhere, or is another one. */
  follow(status: BrainStatus): void;
  /** While a panel shows the activity it is read along; returns the way to stop. */
  watch(): () => void;
  /** Puts the brain back to a recorded burst; clamped to what is recorded. */
  seek(burst: number): void;
  /** By so many bursts from where the brain stands or is going. */
  move(bursts: number): void;
  zoom(factor: number): void;
  /** This burst keeps its place in the picture, which then follows nothing. */
  zoomAt(burst: number, factor: number): void;
  pan(bursts: number): void;
  setFollow(mode: FollowMode): void;
  setSpeed(speed: PlaySpeed): void;
  /** Goes to the nearest burst before or after in which anything fired; resolves to null where there is none. */
  toFiring(direction: -1 | 1): Promise<number | null>;
  toggleMarker(burst: number): void;
  setLoop(edge: keyof Loop, burst: number): void;
  /** Both edges at once, in either order. */
  setLoopRange(one: number, other: number): void;
  /** Plays the loop over and over: so many moves a second, of so many bursts each. */
  toggleLoop(perSecond: number, step?: number): void;
  verify(): void;
  /** The markers, as another window has set them. */
  kept: Kept;
  close(): void;
}

const readMs = 500;
const points = 400;
const leastSpan = 32;
const mostMarkers = 200;
/** Bursts looked through at once; the host reads every one of so many. */
const searched = 2000;

/** `storage` keeps the markers of each brain. */
export function createTimeline(bridge: LabBridge, refused: (error: unknown) => void, storage?: Storage): Timeline {
  const store = createStore<TimelineState>(empty);
  let status: BrainStatus | null = null;
  let watchers = 0;
  let isMoving = false;
  let wanted: number | null = null;
  let playing: ReturnType<typeof setTimeout> | undefined;

  const read = async () => {
    if (!status || status.brainId === null || bridge.connection.phase !== "open") return;
    const { generation } = status;
    try {
      const recording = await bridge.call("time.recording", {});
      const [from, to] = rangeOf(recording, store.getState());
      const activity = watchers > 0 && from <= to ? await bridge.call("time.activity", { from, to, points }) : null;
      if (status?.generation === generation)
        store.setState((old) => ({ recording, activity: activity ?? (from <= to ? old.activity : null) }));
    } catch {
      // A brain that went away meanwhile has no recording; the next status tells.
    }
  };
  const pacer = createPacer(read, readMs);

  const travel = async () => {
    if (isMoving) return;
    isMoving = true;
    try {
      while (wanted !== null) {
        const burst = wanted;
        wanted = null;
        store.setState({ seeking: burst });
        await bridge.call("time.goTo", { burst });
      }
    } catch (error) {
      wanted = null;
      stopPlaying();
      const divergence = divergenceIn(error);
      if (divergence) store.setState({ verified: { from: divergence.burst, to: divergence.burst, bursts: 0, divergence } });
      refused(error);
    } finally {
      isMoving = false;
      store.setState({ seeking: null });
      pacer.soon();
    }
  };
  const stopPlaying = () => {
    clearTimeout(playing);
    playing = undefined;
    store.setState({ isLooping: false });
  };
  const seek = (burst: number) => {
    const { recording } = store.getState();
    if (!recording || recording.last < recording.first) return;
    // The recording was read some time ago; where the brain stands is recorded too.
    const last = Math.max(recording.last, status?.burst ?? 0);
    wanted = Math.max(recording.first - 1, Math.min(last, Math.round(burst)));
    void travel();
  };
  /** So many bursts from this one on, and nothing followed; all of it follows by itself. */
  const show = (from: number, span: number) => {
    const { recording } = store.getState();
    if (!recording) return;
    const all = recording.last - recording.first + 1;
    const next = Math.max(leastSpan, Math.round(span));
    store.setState(next >= all ? { span: null, start: null } : { span: next, start: Math.round(from), follow: "off" });
    pacer.soon();
  };
  const at = () => wanted ?? store.getState().seeking ?? status?.burst ?? 0;

  return {
    store,
    follow(next) {
      if (next.generation !== status?.generation || next.brainId !== status?.brainId) {
        stopPlaying();
        wanted = null;
        const { follow, speed } = store.getState();
        store.setState({ ...empty(), follow: follow === "off" ? "edge" : follow, speed, markers: keptMarkers(storage, next.brainId) });
      } else if (next.state === "running" && playing !== undefined) stopPlaying();
      const isNews = next.burst !== status?.burst || next.state !== status?.state || next.generation !== status?.generation;
      status = next;
      if (isNews) pacer.soon();
    },
    watch() {
      watchers++;
      pacer.soon();
      return () => {
        watchers--;
      };
    },
    seek(burst) {
      stopPlaying();
      seek(burst);
    },
    move(bursts) {
      stopPlaying();
      seek(at() + bursts);
    },
    zoom(factor) {
      const { recording, span } = store.getState();
      if (!recording) return;
      const all = recording.last - recording.first + 1;
      const next = Math.max(leastSpan, Math.round((span ?? all) * factor));
      store.setState({ span: next >= all ? null : next });
      pacer.soon();
    },
    zoomAt(burst, factor) {
      const { activity } = store.getState();
      if (activity) show(burst - (burst - activity.from) * factor, (activity.to - activity.from + 1) * factor);
    },
    pan(bursts) {
      const { activity } = store.getState();
      if (activity) show(activity.from + bursts, activity.to - activity.from + 1);
    },
    setFollow(follow) {
      store.setState(({ activity }) => ({ follow, start: activity?.from ?? null }));
      pacer.soon();
    },
    setSpeed: (speed) => store.setState({ speed }),
    async toFiring(direction) {
      stopPlaying();
      const { recording } = store.getState();
      if (!recording) return null;
      const last = Math.max(recording.last, status?.burst ?? 0);
      for (let near = at() + direction; near >= recording.first && near <= last; near += direction * searched) {
        const far = near + direction * (searched - 1);
        const [from, to] = [Math.max(recording.first, Math.min(near, far)), Math.min(last, Math.max(near, far))];
        const { most } = await bridge.call("time.activity", { from, to, points: searched });
        const found = direction > 0 ? most.findIndex((fired) => fired > 0) : most.findLastIndex((fired) => fired > 0);
        if (found === -1) continue;
        seek(from + found);
        return from + found;
      }
      return null;
    },
    toggleMarker(burst) {
      const { markers: before } = store.getState();
      const markers = before.includes(burst)
        ? before.filter((one) => one !== burst)
        : [...before, burst].sort((a, b) => a - b).slice(-mostMarkers);
      store.setState({ markers });
      if (status?.brainId) storage?.setItem(markersKey, JSON.stringify({ brain: status.brainId, markers }));
    },
    setLoop: (edge, burst) => store.setState(({ loop }) => ({ loop: withEdge(loop, edge, burst) })),
    setLoopRange: (one, other) => store.setState({ loop: { from: Math.min(one, other), to: Math.max(one, other) } }),
    toggleLoop(perSecond, step = 1) {
      if (playing !== undefined) return stopPlaying();
      const { loop, recording } = store.getState();
      if (!recording || recording.last < recording.first) return;
      const from = Math.max(recording.first, loop.from ?? recording.first);
      const to = Math.min(recording.last, loop.to ?? recording.last);
      if (to <= from) return;
      store.setState({ isLooping: true });
      const next = () => {
        if (!isMoving) seek(at() >= to || at() < from ? from : Math.min(to, at() + step));
        playing = setTimeout(next, 1000 / perSecond);
      };
      next();
    },
    verify() {
      if (store.getState().verified === "running") return;
      store.setState({ verified: "running" });
      bridge.call("time.verify", {}).then(
        (verified) => store.setState({ verified }),
        (error: unknown) => {
          store.setState({ verified: null });
          refused(error);
        },
      );
    },
    kept: { key: markersKey, reread: () => store.setState({ markers: keptMarkers(storage, status?.brainId ?? null) }) },
    close() {
      pacer.stop();
      clearTimeout(playing);
    },
  };
}

const markersKey = "gyrus.markers";
const KeptMarkers = z.object({ brain: z.string(), markers: z.array(z.int()).max(mostMarkers) });

/** Those of the brain that had some last; a recording outlives a reload of the window, and so do its markers. */
function keptMarkers(storage: Storage | undefined, brain: string | null): readonly number[] {
  try {
    const kept = KeptMarkers.safeParse(JSON.parse(storage?.getItem(markersKey) ?? "null"));
    return kept.success && kept.data.brain === brain ? kept.data.markers : [];
  } catch {
    return [];
  }
}

/** Where a replay stopped being what was recorded. */
function divergenceIn(error: unknown): Verified["divergence"] {
  if (!(error instanceof LabError) || error.code !== "E_DIVERGED") return null;
  const { burst, what } = (error.details ?? {}) as { burst?: number; what?: string };
  return burst === undefined ? null : { burst, what: what ?? "" };
}

/** First and last burst to show; to < from: none. */
export function rangeOf(
  { first, last, at }: Pick<Recording, "first" | "last" | "at">,
  { span, follow, start }: Pick<TimelineState, "span" | "follow" | "start">,
): [number, number] {
  if (span === null || span > last - first) return [first, last];
  // Near the edge a tenth of the picture lies ahead of the brain, where there is a later.
  const wanted = follow === "off" && start !== null ? start + span - 1 : at + Math.round(span / (follow === "centre" ? 2 : 10));
  const to = Math.min(last, Math.max(first + span - 1, wanted));
  return [to - span + 1, to];
}

/** An edge that would cross the other takes its place. */
function withEdge(loop: Loop, edge: keyof Loop, burst: number): Loop {
  if (loop[edge] === burst) return { ...loop, [edge]: null };
  const next = { ...loop, [edge]: burst };
  if (next.from !== null && next.to !== null && next.from > next.to)
    return edge === "from" ? { from: burst, to: null } : { from: null, to: burst };
  return next;
}

function empty(): TimelineState {
  return {
    recording: null,
    activity: null,
    span: null,
    follow: "edge",
    start: null,
    speed: 1,
    markers: [],
    loop: { from: null, to: null },
    isLooping: false,
    seeking: null,
    verified: null,
  };
}
