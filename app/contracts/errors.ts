/**
 * What can go wrong through a user's doing, as codes every door can map to its own form.
 * Anything that only a bug can cause is an assertion, not one of these.
 */
export const errorCodes = [
  "E_INVALID", // input does not fit its schema; details.issues names each path
  "E_GENOME", // a genome was refused; details.problems lists every problem
  "E_NETWORK", // a network, brain or snapshot file was refused
  "E_NOT_FOUND", // no such area, neuron, command, file …
  "E_NO_BRAIN", // the command needs a loaded brain
  "E_CONFLICT", // the state does not allow this now (already running, development in progress …)
  "E_CANCELLED", // a person cancelled the job
  "E_DENIED", // permission or token missing
  "E_GATE", // a rollout gate refused to advance; details.failing lists them
  "E_ENGINE", // an engine failed; details.engine names it
  "E_NATIVE_NOT_FOUND", // no native module; details.tried lists every place
  "E_IO", // a file or a disk refused
  "E_UNSUPPORTED", // understood, but not possible here
  "E_DIVERGED", // a replay did not repeat what was recorded; details.burst names the first burst that differs
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error a person can act on: what happened, where, and what to do. */
export class LabError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  /** One sentence that tells the user what to do next. */
  readonly advice: string | undefined;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, advice?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "LabError";
    this.code = code;
    this.details = details;
    this.advice = advice;
  }
}

/** The form a LabError takes on a wire. */
export interface WireError {
  code: ErrorCode;
  message: string;
  advice?: string;
  details?: Record<string, unknown>;
}

export function wireErrorOf(error: unknown): WireError {
  if (error instanceof LabError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.advice === undefined ? {} : { advice: error.advice }),
      details: { ...error.details },
    };
  }
  return { code: "E_ENGINE", message: error instanceof Error ? error.message : String(error) };
}

export function labErrorOf(wire: WireError): LabError {
  return new LabError(wire.code, wire.message, wire.details ?? {}, wire.advice);
}
