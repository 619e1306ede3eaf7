/**
 * Pointer and wheel over the scene: left drag orbits (or paints), middle, right or Shift+drag pans, the wheel comes nearer to
 * the cursor, a click picks, a rest of 150 ms hovers. Every gesture has a keyboard way in the panel.
 */

export interface GestureTarget {
  orbit(dx: number, dy: number): void;
  pan(dx: number, dy: number): void;
  dolly(factor: number, clientX: number, clientY: number): void;
  pick(clientX: number, clientY: number): void;
  /** Null when the pointer left or began to drag. */
  hover(at: { clientX: number; clientY: number } | null): void;
  /** True takes the drag for painting. */
  paintFrom(clientX: number, clientY: number): boolean;
  paintTo(clientX: number, clientY: number): void;
  paintDone(): void;
}

/** Less than this is a click, more a drag, in CSS pixels. */
const clickSlop = 4;
const hoverMs = 150;
const linePixels = 16;

export function bindGestures(element: HTMLElement, target: GestureTarget): () => void {
  let drag: { id: number; x: number; y: number; far: boolean; mode: "orbit" | "pan" | "paint" } | null = null;
  let hoverTimer: ReturnType<typeof setTimeout> | undefined;
  const events = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(name: K, listener: (event: HTMLElementEventMap[K]) => void) =>
    element.addEventListener(name, listener, { signal: events.signal, passive: false });

  on("pointerdown", (event) => {
    if (drag) return;
    stopHover();
    element.setPointerCapture(event.pointerId);
    const left = event.button === 0 && !event.shiftKey;
    const mode = !left ? "pan" : target.paintFrom(event.clientX, event.clientY) ? "paint" : "orbit";
    drag = { id: event.pointerId, x: event.clientX, y: event.clientY, far: false, mode };
  });
  on("pointermove", (event) => {
    if (!drag) return startHover(event);
    if (event.pointerId !== drag.id) return;
    if (drag.mode === "paint") return target.paintTo(event.clientX, event.clientY);
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.far && Math.hypot(dx, dy) < clickSlop) return;
    drag.far = true;
    drag.x = event.clientX;
    drag.y = event.clientY;
    if (drag.mode === "orbit") target.orbit(dx, dy);
    else target.pan(dx, dy);
  });
  const end = (event: PointerEvent) => {
    if (!drag || event.pointerId !== drag.id) return;
    const { far, mode } = drag;
    drag = null;
    if (mode === "paint") target.paintDone();
    else if (mode === "orbit" && !far && event.type === "pointerup") target.pick(event.clientX, event.clientY);
  };
  on("pointerup", end);
  on("pointercancel", end);
  on("pointerleave", stopHover);
  on("wheel", (event) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linePixels : 1);
    target.dolly(Math.exp(Math.max(-240, Math.min(240, pixels)) * 0.0015), event.clientX, event.clientY);
  });
  on("contextmenu", (event) => event.preventDefault());

  function startHover({ clientX, clientY }: PointerEvent): void {
    clearTimeout(hoverTimer);
    hoverTimer = setTimeout(() => target.hover({ clientX, clientY }), hoverMs);
  }
  function stopHover(): void {
    clearTimeout(hoverTimer);
    target.hover(null);
  }
  return () => {
    clearTimeout(hoverTimer);
    events.abort();
  };
}
