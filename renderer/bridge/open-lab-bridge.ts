/** Opens the lab through the door this page came by: the desktop's port where there is a desktop, else a socket to the origin. */
import { converse } from "./conversation.ts";
import { createFrameDecoder } from "./frame-decoder.ts";
import { createFrameInbox } from "./frame-inbox.ts";
import type { CommandInput, LabBridge } from "./lab-bridge.ts";
import { createPortLink } from "./port-link.ts";
import { takeSessionToken } from "./session-token.ts";
import { createSocketLink } from "./socket-link.ts";

/** What the preload offers besides the port. */
export interface Desktop {
  pathForFile(file: File): string;
  /** Shows a file of this computer in its file manager. */
  reveal(path: string): void;
  /** A further window of the lab, at this query of its address. */
  openWindow(query: string): void;
  /** Tells by the system that work ended, where no window has the focus. */
  notify(notice: { title: string; body: string }): void;
  /** The system's dialog for where to save a workspace; a `gyrus.path` message tells what was chosen. */
  askPath(proposed: string): void;
  /** Whether the computer is to stay awake while the brain runs. */
  stayAwake(isWanted: boolean): void;
  /** Brings this window to the front. */
  focusWindow(): void;
  /** Id, title, group and first key of every command, for the native menu. */
  nameCommands(commands: readonly { id: string; title: string; group: string; groupTitle: string; shortcut: string | null }[]): void;
}
export type DesktopWindow = Window & { gyrusDesktop?: Desktop };

export function openLabBridge(window: DesktopWindow): LabBridge {
  const frames = createFrameInbox({
    decoder: createFrameDecoder,
    nextFrame: (callback) => window.requestAnimationFrame(callback),
  });
  if (window.gyrusDesktop) return converse(createPortLink(window), frames);
  const url = `${window.location.origin.replace(/^http/, "ws")}/ws`;
  return converse(createSocketLink(url, takeSessionToken(window)), frames);
}

/** A dropped or picked file as `genome.load` wants it: its path on the desktop, its text in a browser. */
export async function openingInput(window: DesktopWindow, file: File): Promise<CommandInput<"genome.load">> {
  const path = window.gyrusDesktop?.pathForFile(file);
  return path ? { path } : { text: await file.text(), name: file.name };
}
