/**
 * The link of a browser: one WebSocket to the host that served the page, opened again with growing pauses when it closes.
 * Control messages are JSON text, firing frames are binary.
 */
import { type HostMessage, WIRE_VERSION } from "#contracts/wire.ts";
import type { Link, LinkListener } from "./link.ts";

/** First and longest pause between attempts, in ms. A restarted host is back within 3 s, so the first pauses are short. */
const firstPauseMs = 250;
const longestPauseMs = 8000;

/** Pause before attempt n (0 = the first after a loss). */
export function reconnectPauseMs(attempt: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
}

export function createSocketLink(url: string, token: string): Link {
  let socket: WebSocket | null = null;
  let listener: LinkListener;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  return {
    door: "socket",
    start(of) {
      listener = of;
      open();
    },
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    retryNow() {
      if (timer !== undefined) open();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };

  function open(): void {
    clearTimeout(timer);
    timer = undefined;
    listener.connecting();
    const opening = new WebSocket(url);
    opening.binaryType = "arraybuffer";
    opening.onopen = () => opening.send(JSON.stringify({ t: "hello", version: WIRE_VERSION, token }));
    opening.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (data instanceof ArrayBuffer) return listener.frame(data);
      const message = JSON.parse(data) as HostMessage;
      if (message.t === "welcome") attempt = 0;
      listener.message(message);
    };
    opening.onclose = (event) => {
      socket = null;
      if (closed) return;
      const pause = reconnectPauseMs(attempt++);
      timer = setTimeout(open, pause);
      listener.lost(closeReason(event.code), Date.now() + pause);
    };
    socket = opening;
  }
}

function closeReason(code: number): string {
  if (code === 4401) return "The host speaks another version of Gyrus; reload the page.";
  if (code === 1001) return "The brain host is closing.";
  if (code === 1009) return "A message was larger than the host takes.";
  return "The brain host does not answer.";
}
