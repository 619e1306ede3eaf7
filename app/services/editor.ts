/**
 * The one way an edit takes: diff → event → engine patch in the gap before the next burst → announcement. Undo and redo commit the
 * inverse by the same way, as events of their own. Edits run one after another; a burst never sees half of one.
 */
import { LabError } from "#contracts/errors.ts";
import { applyDiff, type ConnectomeDiff, genomeAfter, invert, needsRebuild } from "#core/connectome/diff.ts";
import { patchOf } from "#core/connectome/patch-of.ts";
import { GrowthMemory, grow } from "#core/development/grow.ts";
import { carryState } from "./carry-state.ts";
import { drive } from "./growth.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";
import { createTurns } from "./turns.ts";

export type EditVia = "edit" | "undo" | "redo";

/** Data of a `connectome.edited` event. */
export interface EditRecord {
  brainId: string;
  via: EditVia;
  diff: ConnectomeDiff;
}

export class Editor {
  readonly #state: LabState;
  readonly #edits = createTurns();

  constructor(state: LabState) {
    this.#state = state;
  }

  commit(diff: ConnectomeDiff, source: string): Promise<void> {
    return this.#edits.take(async () => {
      if (diff.areas.length > 0) await this.#apply(this.#state.living, diff, "edit", source);
    });
  }

  undo(source: string): Promise<void> {
    return this.#edits.take(async () => {
      const brain = this.#state.living;
      const last = brain.undo.at(-1);
      if (!last) throw new LabError("E_CONFLICT", "There is no edit to undo", {}, "Edit an area first.");
      await this.#apply(brain, invert(last), "undo", source);
    });
  }

  redo(source: string): Promise<void> {
    return this.#edits.take(async () => {
      const brain = this.#state.living;
      const last = brain.redo.at(-1);
      if (!last) throw new LabError("E_CONFLICT", "There is no edit to redo", {}, "Undo an edit first.");
      await this.#apply(brain, last, "redo", source);
    });
  }

  /** Runs with no edit under way. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#edits.take(work);
  }

  /** Repeats an edit that is in the event store already, after a recovery. */
  repeat({ diff, via }: EditRecord): Promise<void> {
    return this.#edits.take(() => this.#apply(this.#state.living, diff, via, null));
  }

  async #apply(brain: LivingBrain, diff: ConnectomeDiff, via: EditVia, source: string | null): Promise<void> {
    const { announcer, turns } = this.#state;
    const put = needsRebuild(diff) ? await this.#rebuilt(brain, diff) : this.#patched(brain, diff);
    // Whatever could refuse the edit has had its say: now it is recorded, and then it happens.
    const record: EditRecord = { brainId: brain.id, via, diff };
    // Both in one turn, so that no checkpoint counts the event without holding the edit.
    await turns.take(async () => {
      if (this.#state.brain !== brain)
        throw new LabError("E_CONFLICT", "Another brain was loaded meanwhile", {}, "Repeat the edit there if it is still wanted.");
      if (source !== null) await this.#state.record("connectome.edited", source, record);
      await put();
    });
    keepForUndo(brain, diff, via);
    brain.unsaved = true;
    const { generation } = brain;
    if (needsRebuild(diff)) announcer.announce({ type: "connectome.replaced", generation });
    else announcer.announce({ type: "connectome.changed", generation, areas: diff.areas.map(({ id }) => id) });
    announcer.announce({ type: "problems.changed" });
    this.#state.announceStatus();
  }

  /** Works the edit out; the returned function puts it in. */
  #patched(brain: LivingBrain, diff: ConnectomeDiff): () => Promise<void> {
    const patch = patchOf(brain.connectome, diff);
    if (patch === "rebuild") throw new Error("a change of size has no patch");
    const after = applyDiff(brain.connectome, diff);
    return async () => {
      await brain.runner.apply(patch);
      brain.connectome = after;
    };
  }

  /** Grows the edited genome beside the running brain; the returned function swaps it in. */
  async #rebuilt(brain: LivingBrain, diff: ConnectomeDiff): Promise<() => void> {
    const { ports } = this.#state;
    const { dynamics, precision } = brain.connectome.image;
    const memory = new GrowthMemory(ports.availableMemory());
    const regrown = await drive(grow(genomeAfter(brain.connectome.genome, diff), { dynamics, precision, memory }), {
      clock: ports.clock,
      announce: () => {},
      isCancelled: () => false,
    });
    return () => {
      brain.runner.replaceState(carryState(brain.connectome, brain.runner.snapshot(), regrown, ports.engines.reference()));
      brain.connectome = regrown;
      this.#state.hub.reset();
    };
  }
}

function keepForUndo(brain: LivingBrain, diff: ConnectomeDiff, via: EditVia): void {
  if (via === "undo") {
    brain.undo = brain.undo.slice(0, -1);
    brain.redo = [...brain.redo, invert(diff)];
    return;
  }
  brain.undo = [...brain.undo, diff];
  brain.redo = via === "redo" ? brain.redo.slice(0, -1) : [];
}
