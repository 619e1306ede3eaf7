/**
 * The lab as the renderer sees it, whatever door it came through: typed calls, announcements, firing frames, and how the
 * connection stands. Everything a panel knows of the brain host passes here.
 */
import type { InputOf, OutputOf } from "#contracts/command.ts";
import { type CommandGroups, commandGroups, type GroupName } from "#contracts/commands.ts";
import type { Announcement } from "#contracts/wire.ts";
import type { FrameInbox } from "./frame-inbox.ts";

/** `group.verb` of every command in the registry. */
export type CommandName = { [G in GroupName]: `${G}.${keyof CommandGroups[G] & string}` }[GroupName];
type CommandOf<N extends CommandName> = N extends `${infer G extends GroupName}.${infer V}`
  ? CommandGroups[G][V & keyof CommandGroups[G]]
  : never;
export type CommandInput<N extends CommandName> = InputOf<CommandOf<N>>;
type CommandOutput<N extends CommandName> = OutputOf<CommandOf<N>>;

interface CallOptions {
  /** Aborting it asks the host to cancel; the call then rejects with what the host answers. */
  signal?: AbortSignal;
}

export interface Connection {
  phase: "connecting" | "open" | "lost";
  /** Whether commands that change something will be accepted. */
  write: boolean;
  door: "port" | "socket";
  /** When the data on screen became old, in ms since 1970; null while open. */
  lostAt: number | null;
  /** When the next attempt begins, in ms since 1970; null when the desktop brings the host back by itself. */
  retryAt: number | null;
  /** One sentence on why it is lost, else empty. */
  reason: string;
  /** Attempts since it was last open. */
  attempts: number;
}

export interface LabBridge {
  /** Rejects with a LabError. */
  call<N extends CommandName>(name: N, input: CommandInput<N>, options?: CallOptions): Promise<CommandOutput<N>>;
  readonly connection: Connection;
  /** Tells the present state at once, then every change. Returns the way to stop, as do all `on…`. */
  onConnection(listener: (connection: Connection) => void): () => void;
  onAnnouncement(listener: (announcement: Announcement) => void): () => void;
  readonly frames: FrameInbox;
  /** Skips the wait before the next attempt. */
  retryNow(): void;
  close(): void;
}

/** The registry as functions: `lab.genome.load(input)`. */
export type LabClient = {
  [G in GroupName]: {
    [V in keyof CommandGroups[G]]: (input: InputOf<CommandGroups[G][V]>, options?: CallOptions) => Promise<OutputOf<CommandGroups[G][V]>>;
  };
};

export function labClient(bridge: LabBridge): LabClient {
  const groups = Object.entries(commandGroups).map(([group, table]) => {
    const verbs = Object.keys(table).map((verb) => {
      const name = `${group}.${verb}` as CommandName;
      return [verb, (input: never, options?: CallOptions) => bridge.call(name, input, options)];
    });
    return [group, Object.fromEntries(verbs)];
  });
  return Object.fromEntries(groups) as LabClient;
}
