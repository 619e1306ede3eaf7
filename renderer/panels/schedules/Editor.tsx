/** Writes a schedule: its pulses, its repetition, and when it would fire. What is wrong is said where it is wrong. */
import { Brush, CalendarCheck, MousePointer2, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { check, type Draft, offsetsOf, type Pulse, writeVoxels } from "../../stores/schedule-draft.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { Select, Switch, TextField } from "../../ui/fields.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { Lanes } from "./Lanes.tsx";

export function Editor({ draft }: { draft: Draft }) {
  const { stores } = useWorkbench();
  const { schedules } = stores;
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const canWrite = useCanWrite();
  const [refusal, setRefusal] = useState<string | null>(null);
  const checked = check(draft, areaById);
  const title = draft.replaces === null ? t("schedules.new") : t("schedules.name", { id: draft.replaces });
  const lanes = draft.pulses.map((pulse) => ({
    key: String(pulse.key),
    label: areaById.get(pulse.area)?.name ?? pulse.area,
    bursts: offsetsOf(pulse),
  }));
  const ends = Math.max(1, ...draft.pulses.map(({ start, duration }) => start + duration));
  return (
    <form
      className="schedule-editor"
      aria-label={title}
      onKeyDown={(event) => {
        // Enter takes a number over; it does not send what is half written.
        if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        if (event.ctrlKey || event.metaKey) event.currentTarget.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        setRefusal(null);
        schedules.save(areaById).catch((error: unknown) => setRefusal(messageOf(error)));
      }}
    >
      <h3>{title}</h3>
      {draft.pulses.map((pulse, i) => (
        <PulseRow key={pulse.key} pulse={pulse} n={i + 1} problem={checked.voxels.get(pulse.key) ?? null} />
      ))}
      <div className="schedule-row">
        <Button icon={Plus} onPress={schedules.addPulse} isDisabled={draft.pulses.length === 0}>
          {t("schedules.addPulse")}
        </Button>
        <Switch label={t("schedules.repeat")} value={draft.period !== null} onCommit={(on) => schedules.setPeriod(on ? ends : null)} />
        {draft.period !== null && (
          <NumberField
            label={t("schedules.period")}
            value={draft.period}
            minValue={1}
            integer
            unit={t("unit.bursts")}
            onCommit={schedules.setPeriod}
          />
        )}
      </div>
      {checked.period !== null && <Notice severity="error">{checked.period}</Notice>}
      {checked.whole !== null && <Notice severity="error">{checked.whole}</Notice>}
      {checked.whole === null && <Lanes label={t("schedules.preview")} from={0} period={draft.period} lanes={lanes} />}
      <p className="field-note">
        {t("schedules.note")} {draft.replaces !== null && t("schedules.editNote", { id: draft.replaces })}
      </p>
      {refusal !== null && (
        <Notice severity="error" live>
          {refusal}
        </Notice>
      )}
      <div className="schedule-row">
        <Button
          icon={CalendarCheck}
          variant="primary"
          type="submit"
          shortcut="Ctrl+Enter"
          isDisabled={!canWrite || checked.entries === null}
        >
          {t("schedules.save")}
        </Button>
        <Button onPress={schedules.discard}>{t("schedules.discard")}</Button>
      </div>
    </form>
  );
}

function PulseRow({ pulse, n, problem }: { pulse: Pulse; n: number; problem: string | null }) {
  const { stores, painting } = useWorkbench();
  const { schedules } = stores;
  const areas = useStore(stores.brain, (state) => state.areas);
  const area = areas.find(({ id }) => id === pulse.area);
  const painted = useStore(painting, (state) => (state.area === pulse.area ? state.voxels : null));
  const selected = useStore(stores.selection, (state) => (state.area === pulse.area ? state.voxels : null));
  const set = (change: Partial<Pulse>) => schedules.setPulse(pulse.key, change);
  return (
    <fieldset className="schedule-pulse" aria-label={t("schedules.pulse", { n })}>
      <Select
        label={t("schedules.area")}
        value={pulse.area}
        onChange={(id) => set({ area: id })}
        choices={areas.map(({ id, name, kind }) => ({ id, label: name, icon: <KindGlyph kind={kind} /> }))}
      />
      <div className="schedule-voxels">
        <TextField label={t("schedules.voxels")} value={pulse.voxels} onChange={(voxels) => set({ voxels })} problem={problem} />
        {area && painted && painted.size > 0 && (
          <Button
            icon={Brush}
            label={t("schedules.takePainted", { count: painted.size })}
            onPress={() => set({ voxels: writeVoxels([...painted.values()], area) })}
          />
        )}
        {area && selected && selected.length > 0 && (
          <Button
            icon={MousePointer2}
            label={t("schedules.takeSelected", { count: selected.length })}
            onPress={() => set({ voxels: writeVoxels(selected, area) })}
          />
        )}
      </div>
      <NumberField label={t("schedules.start")} value={pulse.start} minValue={0} integer onCommit={(start) => set({ start })} />
      <NumberField label={t("schedules.duration")} value={pulse.duration} minValue={1} integer onCommit={(duration) => set({ duration })} />
      <NumberField label={t("schedules.every")} value={pulse.every} minValue={1} integer onCommit={(every) => set({ every })} />
      <Button icon={Trash2} label={t("schedules.removePulse", { n })} variant="quiet" onPress={() => schedules.removePulse(pulse.key)} />
    </fieldset>
  );
}
