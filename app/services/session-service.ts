/** What leaves the lab: exports, the event log, and what is available on this machine. */

import type { ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { neuronsOf } from "#core/connectome/census.ts";
import { exportExtension, exportLosses, exportParts } from "#core/exchange/exchange.ts";
import type { LabState } from "./lab-state.ts";

export function createSessionService(state: LabState): ServiceOf<(typeof commandGroups)["session"]> {
  const { ports, clock } = state;
  return {
    async export({ format, path, dialect }, { source }) {
      if (path === "-") throw new LabError("E_INVALID", "A brain host has no standard output", {}, "Name a file.");
      const started = ports.clock.nowMs();
      // Copied between two bursts; encoding and writing go on beside the brain.
      const { brain, from } = await state.turns.take(() => {
        const living = state.living;
        const { id: brainId, title, connectome, runner } = living;
        const meta = { brainId, title, burst: runner.burst, rateHz: clock.rateHz, savedAt: ports.clock.time() };
        const stimuli = living.stimuli.definitions.length + living.stimuli.schedules.list.length;
        const copied = { synapses: runner.engine.synapses(), snapshot: runner.snapshot(), memory: living.memory.save() };
        return { brain: living, from: { connectome, ...copied, meta, stimuli } };
      });
      const target = path ?? `${ports.options.exportFolder}/${fileStem(brain.title)}-${from.meta.burst}.${exportExtension(format)}`;
      const files = await ports.files.write(target, exportParts(format, from, { dialect }));
      if (format === "genome" || format === "brain") brain.unsaved = false;
      await state.record("session.exported", source, { brainId: brain.id, burst: from.meta.burst, format, files });
      state.announceStatus();
      const neurons = neuronsOf(from.connectome);
      const lost = exportLosses(format, from);
      return { format, files, neurons, synapses: from.synapses.slot.length, lost, ms: ports.clock.nowMs() - started };
    },
    events: async ({ after, limit, newest }) => ports.events.read({ after, limit, newest }),
    async doctor() {
      const { verify, store } = { verify: ports.events.verify(), store: ports.events.durable };
      return {
        checks: [
          ...(await ports.doctor()),
          { name: "event store", ok: store, detail: store ? "events are persisted" : "events are in memory only" },
          {
            name: "event log",
            ok: verify.firstBroken === null,
            detail:
              verify.firstBroken === null ? `${verify.events} events, the hash chain holds` : `changed at event ${verify.firstBroken}`,
          },
        ],
      };
    },
  };
}

/** A title as a file name that every system takes. */
function fileStem(title: string): string {
  return (
    title
      .replace(/[^\p{L}\p{N}_-]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "brain"
  );
}
