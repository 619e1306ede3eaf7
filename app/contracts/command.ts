/**
 * The command registry: each action is described once, here, and served by every door (port, REST, CLI, palette).
 */
import { z } from "zod";

export const permissions = ["read", "write"] as const;
export type Permission = (typeof permissions)[number];

export interface Command<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I;
  output: O;
  /** `read` changes nothing; `write` needs the token. */
  permission: Permission;
  /** How bad a mistake is: `low` can be undone, `high` replaces or loses something. */
  risk: "low" | "high";
  /** One line for palette, help and API description. */
  title: string;
}

export function command<I extends z.ZodType, O extends z.ZodType>(description: Command<I, O>): Command<I, O> {
  return description;
}

export type CommandTable = Record<string, Command>;
export type InputOf<C> = C extends Command<infer I, z.ZodType> ? z.input<I> : never;
export type ParsedInputOf<C> = C extends Command<infer I, z.ZodType> ? z.output<I> : never;
export type OutputOf<C> = C extends Command<z.ZodType, infer O> ? z.output<O> : never;

/** What long work gets from the door that called: a way to be cancelled. Progress travels as events. */
export interface CallContext {
  signal: AbortSignalLike;
  /** Who called, for the event store: window, cli, rest … */
  source: string;
}

/** The part of AbortSignal that pure code needs. */
export interface AbortSignalLike {
  readonly aborted: boolean;
}

/** The functions a service has to offer for a table of commands. */
export type ServiceOf<T extends CommandTable> = {
  [K in keyof T]: (input: ParsedInputOf<T[K]>, context: CallContext) => Promise<OutputOf<T[K]>>;
};

/** Input of a command that takes none. */
export const Nothing = z.object({});
export const NeuronId = z.int().min(0).max(0xffffffff);
/** Number of a burst that can be recorded. */
export const RecordedBurst = z.int().min(1);
