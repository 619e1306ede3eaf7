/**
 * The rollout of the native burst engine: which share it serves, how it fares, and the rules that take it back.
 *
 * This part knows no brain. Runners (engine-runner.ts) ask it before each window and report what happened; a person's choice and
 * an auto-disable outlive the session. Source: spec/router-and-rollout.md section 9.
 */
import { z } from "zod";
import { LabError } from "#contracts/errors.ts";
import { type EngineMismatch, RolloutStatus } from "#contracts/rollout.ts";
import type { EngineKind } from "#core/engine/engine.ts";
import { type Decision, decide, type FeatureFlag, windowKey, windowOf } from "#core/runtime/decide.ts";
import { type Gate, gatesOf, stageAfter, stageBefore } from "#core/runtime/gates.ts";
import { HealthWindow, Timings, verdictOf } from "#core/runtime/health.ts";
import type { LabPorts, NativeSupply } from "./ports.ts";

const FEATURE = "burst_engine";
const SETTING = "rollout.burst_engine";
const CRASHES = "rollout.burst_engine.crashes";
/** Two deaths inside a native call within this time switch it off. */
const CRASH_WINDOW_MS = 10 * 60_000;
const KEPT_NOTES = 200;
/** A verdict is asked for every so many native bursts. */
const REVIEW_EVERY = 32;

const Saved = z.object({
  percent: z.number(),
  autoDisabled: z.string().nullable(),
  changedAt: z.string(),
  alerts: RolloutStatus.shape.alerts,
  history: RolloutStatus.shape.history,
});
type Saved = z.infer<typeof Saved>;
type Alert = Saved["alerts"][number];

export interface Serving {
  kind: EngineKind;
  brainId: string;
  burst: number;
}

export class Rollout {
  readonly #ports: LabPorts;
  readonly #flag: FeatureFlag | null;
  readonly #health: HealthWindow;
  /** Of bursts that were served: paced, each in a window of its own. */
  readonly #served = { reference: new Timings(), native: new Timings() };
  /** Of bursts that both ran right after one another, beside the brain. */
  readonly #same = { reference: new Timings(), native: new Timings() };
  readonly #onChange: () => void;
  #saved: Saved;
  /** Since the last change of stage. */
  #since = { executions: 0, errors: 0, compared: 0, mismatches: 0 };
  #firstMismatch: EngineMismatch | null = null;
  #native: NativeSupply | null = null;
  #lastBurst = 0;

  constructor(ports: LabPorts, onChange: () => void) {
    this.#ports = ports;
    this.#flag = ports.options.rollout.flag;
    this.#health = new HealthWindow(ports.options.rollout.health);
    this.#onChange = onChange;
    const saved = Saved.safeParse(ports.settings.get(SETTING));
    this.#saved = saved.success
      ? saved.data
      : { percent: this.#flag?.rolloutPct ?? 0, autoDisabled: null, changedAt: ports.clock.time(), alerts: [], history: [] };
    if (ports.engines.diedInNative) this.#noteCrash();
  }

  /** The native engine, loaded on first use; when the reference is forced it is never touched. */
  native(): NativeSupply {
    const { forcedBy } = this.#ports.options.rollout;
    if (forcedBy !== null) return { ...absent, error: `${forcedBy} is set, so it was not loaded` };
    this.#native ??= this.#ports.engines.native();
    return this.#native;
  }

  decide(brainId: string, burst: number): Decision {
    const { forcedBy } = this.#ports.options.rollout;
    const flag = this.#flag && { ...this.#flag, rolloutPct: this.#saved.percent };
    const available = forcedBy === null && this.native().available;
    return decide(FEATURE, windowKey(brainId, windowOf(burst)), flag, { forcedBy, available, autoDisabled: this.#saved.autoDisabled });
  }

  /** Whether comparing with the other engine makes sense now. */
  get mayCompare(): boolean {
    return this.#ports.options.rollout.forcedBy === null && this.#saved.autoDisabled === null && this.native().available;
  }

  /** A burst was served. */
  ran(kind: EngineKind, engineMs: number): void {
    this.#served[kind].record(engineMs);
    if (kind === "native") this.#executed();
  }

  /** Both ran the same burst beside the brain. */
  ranBoth(engineMs: Record<EngineKind, number>): void {
    this.#same.reference.record(engineMs.reference);
    this.#same.native.record(engineMs.native);
    this.#executed();
  }

  #executed(): void {
    this.#health.record({ atMs: this.#ports.clock.nowMs(), threw: false, fellBack: false });
    if (++this.#since.executions % REVIEW_EVERY === 0) this.#review();
  }

  /** A native burst, swap or comparison failed. `fellBack`: the reference gave the result instead. */
  failed(error: unknown, { threw, fellBack }: { threw: boolean; fellBack: boolean }): void {
    this.#since.executions++;
    if (threw) this.#since.errors++;
    this.#health.record({ atMs: this.#ports.clock.nowMs(), threw, fellBack });
    this.#ports.log.warn("the native engine failed", { reason: messageOf(error), fellBack });
    this.#event("rollout.fell_back", { reason: messageOf(error), fellBack });
    this.#review();
    this.#onChange();
  }

  /** Times the engines were seen to differ since the last change. */
  get mismatches(): number {
    return this.#since.mismatches;
  }

  /** `mismatch` null: all of `bursts` were alike. */
  compared(bursts: number, mismatch: EngineMismatch | null): void {
    this.#since.compared += bursts;
    if (mismatch) {
      this.#since.mismatches++;
      this.#firstMismatch ??= mismatch;
      this.#alert("correctness", `The engines differ at burst ${mismatch.burst}: ${mismatch.what}`);
    }
    this.#review();
    this.#onChange();
  }

  /** The burst that automatic changes are noted at. */
  at(burst: number): void {
    this.#lastBurst = burst;
  }

  gates(): Gate[] {
    const { gates } = this.#ports.options.rollout;
    const { executions, errors, compared, mismatches } = this.#since;
    return gatesOf(
      {
        executions,
        minutes: (Date.parse(this.#ports.clock.time()) - Date.parse(this.#saved.changedAt)) / 60_000,
        errorRate: executions === 0 ? 0 : errors / executions,
        // A reference burst that fails stops the brain, so none was ever counted as an error.
        controlErrorRate: 0,
        parityBursts: compared,
        mismatches,
        referenceP50Ms: (this.#measuredAlike(1) ?? this.#served).reference.summary().p50Ms,
        speedup: this.#speedup(),
        openAlerts: this.#saved.alerts.length,
      },
      gates,
    );
  }

  /** Up needs passing gates or a reason, which is logged; down needs nothing. */
  set(percent: number, reason: string, burst: number): void {
    if (percent > this.#saved.percent && reason.trim() === "") this.#demandGates();
    this.#moveTo(percent, reason.trim() || "chosen by a person", burst);
  }

  advance(early: boolean, reason: string, burst: number): void {
    const next = stageAfter(this.#saved.percent);
    if (next === null)
      throw new LabError("E_CONFLICT", "The rollout is at its last stage", { percent: this.#saved.percent }, "Nothing is left to advance.");
    if (early && reason.trim() === "") {
      throw new LabError(
        "E_INVALID",
        "Advancing early needs a reason",
        { issues: [{ path: "reason", message: "is empty" }] },
        "Say why in `reason`.",
      );
    }
    if (!early) this.#demandGates();
    this.#moveTo(next, early ? `early: ${reason.trim()}` : reason.trim() || "all gates passed", burst);
  }

  rollback(reason: string, burst: number): void {
    const before = stageBefore(this.#saved.percent);
    if (before === null)
      throw new LabError(
        "E_CONFLICT",
        "The rollout is at its first stage",
        { percent: this.#saved.percent },
        "The reference serves already.",
      );
    this.#moveTo(before, reason.trim() || "rolled back by a person", burst);
  }

  /** Lifts an auto-disable and closes the alerts; figures start anew. */
  enable(reason: string, burst: number): void {
    this.#saved = { ...this.#saved, autoDisabled: null, alerts: [] };
    this.#moveTo(this.#saved.percent, reason.trim() || "enabled again", burst);
  }

  status({ kind, brainId, burst }: Serving): RolloutStatus {
    const { reason, bucket } = this.decide(brainId, burst);
    const { available, version, simd, path, error } = this.native();
    const { attempts, fallbackRate, errorRate } = this.#health.summary(this.#ports.clock.nowMs());
    return {
      feature: FEATURE,
      percent: this.#saved.percent,
      serving: kind,
      reason,
      forcedBy: this.#ports.options.rollout.forcedBy,
      window: windowOf(burst),
      bucket,
      native: { available, version, simd, path, error },
      attempts,
      fallbackRate,
      errorRate,
      times: { reference: this.#served.reference.summary(), native: this.#served.native.summary() },
      comparison: this.#comparison(),
      speedup: this.#speedup(),
      parity: { bursts: this.#since.compared, mismatches: this.#since.mismatches, firstMismatch: this.#firstMismatch },
      gates: this.gates(),
      autoDisabled: this.#saved.autoDisabled,
      alerts: this.#saved.alerts,
      history: this.#saved.history,
    };
  }

  get percent(): number {
    return this.#saved.percent;
  }

  get autoDisabled(): string | null {
    return this.#saved.autoDisabled;
  }

  #demandGates(): void {
    const failing = this.gates().filter(({ ok }) => !ok);
    if (failing.length === 0) return;
    const message = `The rollout may not advance yet: ${failing.map(({ name }) => name.toLowerCase()).join(", ")}`;
    throw new LabError("E_GATE", message, { failing }, "Wait until the gates pass, or advance early with a reason.");
  }

  #review(): void {
    const { health } = this.#ports.options.rollout;
    const { native, reference } = this.#measuredAlike(health.minimumVolume) ?? this.#served;
    const verdict = verdictOf(this.#health.summary(this.#ports.clock.nowMs()), native, reference, health);
    if (verdict.action === "continue" || this.#saved.autoDisabled !== null) return;
    if (verdict.action === "disable") {
      this.#disable(verdict.message);
      return;
    }
    const before = stageBefore(this.#saved.percent);
    if (before === null) return;
    this.#alert(verdict.alert, verdict.message);
    this.#moveTo(before, verdict.message, null);
  }

  #disable(message: string): void {
    this.#saved = { ...this.#saved, autoDisabled: message };
    this.#alert("error", `The native engine was switched off: ${message}`);
    this.#event("rollout.auto_disabled", { reason: message });
    this.#save();
    this.#onChange();
  }

  #moveTo(percent: number, reason: string, burst: number | null): void {
    const time = this.#ports.clock.time();
    const note = { time, burst: burst ?? this.#lastBurst, percent, reason };
    this.#saved = { ...this.#saved, percent, changedAt: time, history: [...this.#saved.history, note].slice(-KEPT_NOTES) };
    this.#since = { executions: 0, errors: 0, compared: 0, mismatches: 0 };
    this.#firstMismatch = null;
    this.#health.clear();
    for (const timings of [this.#served.native, this.#same.native, this.#same.reference]) timings.clear();
    this.#event("rollout.changed", { percent, reason });
    this.#save();
    this.#onChange();
  }

  #noteCrash(): void {
    const now = Date.parse(this.#ports.clock.time());
    const before = z.array(z.number()).safeParse(this.#ports.settings.get(CRASHES));
    const crashes = [...(before.success ? before.data : []), now].filter((time) => now - time < CRASH_WINDOW_MS);
    this.#ports.settings.set(CRASHES, crashes);
    if (crashes.length >= 2) this.#disable("the process died twice inside a native call within 10 minutes");
    else this.#alert("investigate", "The process died inside a native call");
  }

  #alert(kind: Alert["kind"], message: string): void {
    const alert = { time: this.#ports.clock.time(), kind, message };
    this.#saved = { ...this.#saved, alerts: [...this.#saved.alerts, alert].slice(-KEPT_NOTES) };
    this.#event("rollout.alert", { kind, message });
    this.#save();
  }

  /** Times of both engines from bursts of one kind, at least so many each: a paced burst is slower than one of a row, on any engine. */
  #measuredAlike(bursts: number): Record<EngineKind, Timings> | null {
    const isEnough = ({ reference, native }: Record<EngineKind, Timings>) => Math.min(reference.measured, native.measured) >= bursts;
    return [this.#same, this.#served].find(isEnough) ?? null;
  }

  #comparison(): RolloutStatus["comparison"] {
    const alike = this.#measuredAlike(1);
    if (!alike) return null;
    const { reference, native } = alike;
    return { bursts: alike === this.#same ? "same" : "served", reference: reference.summary(), native: native.summary() };
  }

  #speedup(): number | null {
    const { reference, native } = this.#comparison() ?? {};
    return reference && native && native.p50Ms > 0 && reference.p50Ms > 0 ? reference.p50Ms / native.p50Ms : null;
  }

  #save(): void {
    this.#ports.settings.set(SETTING, this.#saved);
  }

  #event(type: string, data: unknown): void {
    this.#ports.events
      .append([{ type, source: "rollout", data }])
      .catch((error) => this.#ports.log.warn("an event was lost", { type, reason: messageOf(error) }));
  }
}

const absent = {
  available: false,
  version: "",
  simd: "",
  path: "",
  create: (): never => {
    throw new LabError("E_NATIVE_NOT_FOUND", "The native engine is not available", {});
  },
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
