/**
 * The link of the desktop window: the preload hands one MessagePort over as a window message, and a new one after the brain
 * host came back. The newest port is the only one that counts.
 */
import type { HostMessage } from "#contracts/wire.ts";
import type { Link, LinkListener } from "./link.ts";

export function createPortLink(window: Window): Link {
  let port: MessagePort | null = null;
  let stop = () => {};
  return {
    door: "port",
    start(listener: LinkListener) {
      const onWindowMessage = (event: MessageEvent) => {
        // Only the preload of this very window speaks here; a message of another origin or frame is not for us.
        if (event.source !== window) return;
        const type = (event.data as { type?: unknown } | null)?.type;
        if (type === "gyrus.port" && event.ports[0]) take(event.ports[0], listener);
        if (type === "gyrus.host-lost") {
          drop();
          listener.lost(String((event.data as { reason?: unknown }).reason ?? "The brain host stopped."), null);
        }
      };
      window.addEventListener("message", onWindowMessage);
      stop = () => window.removeEventListener("message", onWindowMessage);
      listener.connecting();
    },
    send: (message) => port?.postMessage(message),
    retryNow() {},
    close() {
      stop();
      drop();
    },
  };

  function take(next: MessagePort, listener: LinkListener): void {
    drop();
    port = next;
    next.onmessage = ({ data }: MessageEvent) => {
      if (data instanceof ArrayBuffer) listener.frame(data);
      else listener.message(data as HostMessage);
    };
  }

  function drop(): void {
    if (!port) return;
    port.onmessage = null;
    port.close();
    port = null;
  }
}
