/** Flying: while it is on, W A S D move through the scene, Q and E down and up, whatever the keyboard's letters; Shift is fast. Physical keys win over commands. */
import type { Vec3 } from "#contracts/connectome.ts";

export interface Flight {
  isOn(): boolean;
  /** To the right, up and forward, in shares of the distance to what is looked at. */
  fly(by: Vec3): void;
}

/** Shares of the distance a second. */
const speed = 0.8;
const fast = 3;
const keys: Readonly<Record<string, Vec3>> = {
  KeyW: [0, 0, 1],
  KeyS: [0, 0, -1],
  KeyA: [-1, 0, 0],
  KeyD: [1, 0, 0],
  KeyE: [0, 1, 0],
  KeyQ: [0, -1, 0],
};

/** Where the held keys lead in `seconds`. */
export function flown(held: Iterable<string>, seconds: number): Vec3 {
  const codes = [...held];
  const by = codes.includes("ShiftLeft") || codes.includes("ShiftRight") ? speed * fast : speed;
  const sum: Vec3 = [0, 0, 0];
  for (const code of codes) for (const [axis, way] of (keys[code] ?? []).entries()) sum[axis]! += way * by * seconds;
  return sum;
}

export function bindFlight(element: HTMLElement, { isOn, fly }: Flight): () => void {
  const held = new Set<string>();
  const events = new AbortController();
  let before = 0;
  let frame = 0;
  const step = (now: number) => {
    frame = 0;
    const by = flown(held, (now - before) / 1000);
    before = now;
    if (by.every((way) => way === 0)) return;
    fly(by);
    frame = requestAnimationFrame(step);
  };
  const down = (event: KeyboardEvent) => {
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    if (!isOn() || chord) return;
    if (event.code.startsWith("Shift")) held.add(event.code);
    if (!(event.code in keys)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.add(event.code);
    if (frame !== 0) return;
    before = performance.now();
    frame = requestAnimationFrame(step);
  };
  const up = ({ code }: KeyboardEvent) => held.delete(code);
  const leave = () => held.clear();
  const on = { signal: events.signal, capture: true };
  element.addEventListener("keydown", down, on);
  element.addEventListener("keyup", up, on);
  element.addEventListener("blur", leave, on);
  return () => {
    cancelAnimationFrame(frame);
    events.abort();
  };
}
