/**
 * Pointer and wheel over one viewport: which drag begins is for the scene to say, a press that hardly moves is a click, the
 * wheel comes nearer to the cursor, a rest of 150 ms hovers. Every gesture has a keyboard way in the panel.
 */

export interface Modifiers {
  shiftKey: boolean;
  /** Ctrl, or ⌘ on macOS. */
  ctrlKey: boolean;
  altKey: boolean;
}

export interface Drag {
  /** Moves from the first pixel on; others once it is clear that it is no click. */
  eager?: boolean;
  /** CSS pixels since the last call, and where the pointer is in the window. */
  move(dx: number, dy: number, clientX: number, clientY: number): void;
  end(how: "click" | "drag" | "cancelled"): void;
}

export interface GestureTarget {
  /** `button` as of pointer events: 0 left, 1 middle, 2 right. */
  begin(clientX: number, clientY: number, button: number, modifiers: Modifiers): Drag;
  dolly(factor: number, clientX: number, clientY: number): void;
  /** Null when the pointer left or began to drag. */
  hover(at: { clientX: number; clientY: number } | null): void;
}

/** Less than this is a click, more a drag, in CSS pixels. */
const clickSlop = 4;
const hoverMs = 150;
const linePixels = 16;

export function bindGestures(element: HTMLElement, target: GestureTarget): () => void {
  let held: { id: number; x: number; y: number; far: boolean; drag: Drag } | null = null;
  let hoverTimer: ReturnType<typeof setTimeout> | undefined;
  const events = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(name: K, listener: (event: HTMLElementEventMap[K]) => void) =>
    element.addEventListener(name, listener, { signal: events.signal, passive: false });

  on("pointerdown", (event) => {
    if (held) return;
    stopHover();
    element.setPointerCapture(event.pointerId);
    const { pointerId: id, clientX: x, clientY: y, shiftKey, altKey, ctrlKey, metaKey } = event;
    const drag = target.begin(x, y, event.button, { shiftKey, altKey, ctrlKey: ctrlKey || metaKey });
    held = { id, x, y, far: false, drag };
  });
  on("pointermove", (event) => {
    if (!held) return startHover(event);
    if (event.pointerId !== held.id) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    held.far ||= Math.hypot(dx, dy) >= clickSlop;
    if (!held.far && !held.drag.eager) return;
    held.x = event.clientX;
    held.y = event.clientY;
    held.drag.move(dx, dy, event.clientX, event.clientY);
  });
  const end = (event: PointerEvent) => {
    if (!held || event.pointerId !== held.id) return;
    const { far, drag } = held;
    held = null;
    drag.end(event.type === "pointercancel" ? "cancelled" : far ? "drag" : "click");
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
