/** Input by hand: painted voxels at an amplitude, once or repeated, or seeded Poisson input on a whole area. */
import { Brush, CircleStop, Eraser, Grab, Waves, Zap } from "lucide-react";
import { useEffect, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useStore } from "zustand";
import type { Stimulus } from "#contracts/commands/stimulus.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Switch } from "../../ui/fields.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { HeldInputs } from "./Held.tsx";
import { SliceGrid } from "./SliceGrid.tsx";
import "./stimulate.css";

export function Stimulate() {
  const { stores } = useWorkbench();
  const id = useStore(stores.selection, (state) => state.area);
  const area = useStore(stores.brain, (state) => (id === null ? undefined : state.areaById.get(id)));
  const stimuli = useStore(stores.stimuli, (state) => state.stimuli);
  const isHeld = useStore(stores.held, ({ held }) => held.length > 0);
  if (!area && stimuli.length === 0 && !isHeld) return <EmptyState icon={Zap}>{t("stimulate.empty")}</EmptyState>;
  return (
    <div className="panel stimulate">
      {area ? <Form area={area} key={area.id} /> : <p className="section dim">{t("stimulate.empty")}</p>}
      <HeldInputs />
      <Running stimuli={stimuli} />
    </div>
  );
}

function Form({ area }: { area: CorticalArea }) {
  const { painting } = useWorkbench();
  const [kind, setKind] = useState<Stimulus["kind"]>("voxels");
  // What reaches the threshold at once is the useful first guess.
  const [amplitude, setAmplitude] = useState(() => Math.max(1, Math.ceil(area.parameters.firingThreshold)));
  const brushOff = () => painting.getState().setBrush(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: leaving the view puts the brush away
  useEffect(() => brushOff, []);
  return (
    <section className="section" aria-label={t("stimulate.on", { name: area.name })}>
      <h2 className="view-title">
        <KindGlyph kind={area.kind} />
        {area.name}
      </h2>
      <RadioGroup
        className="segmented"
        orientation="horizontal"
        value={kind}
        onChange={(next) => {
          setKind(next as Stimulus["kind"]);
          brushOff();
        }}
      >
        <Label className="visually-hidden">{t("stimulate.kind")}</Label>
        <Radio value="voxels" className="segment">
          <Brush size={14} aria-hidden />
          {t("stimulate.voxels")}
        </Radio>
        <Radio value="poisson" className="segment">
          <Waves size={14} aria-hidden />
          {t("stimulate.poisson")}
        </Radio>
      </RadioGroup>
      {kind === "voxels" ? (
        <VoxelForm area={area} amplitude={amplitude} setAmplitude={setAmplitude} />
      ) : (
        <PoissonForm area={area} amplitude={amplitude} setAmplitude={setAmplitude} />
      )}
    </section>
  );
}

interface AmplitudeProps {
  area: CorticalArea;
  amplitude: number;
  setAmplitude: (value: number) => void;
}

function VoxelForm({ area, amplitude, setAmplitude }: AmplitudeProps) {
  const { painting, stores, lab } = useWorkbench();
  const painted = useStore(painting, (state) => (state.area === area.id ? state.voxels : null));
  const brush = useStore(painting, (state) => state.brush);
  const selected = useStore(stores.selection, (state) => state.voxels);
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const [bursts, setBursts] = useState(1);
  const [every, setEvery] = useState(1);
  const [endless, setEndless] = useState(false);
  const voxels = painted && painted.size > 0 ? [...painted.values()] : [...selected];
  const { setBrush, clear } = painting.getState();
  return (
    <>
      <SliceGrid area={area} />
      <div className="stimulate-row">
        <Button icon={Brush} pressed={brush} onPress={() => setBrush(!brush)}>
          {t("stimulate.brush")}
        </Button>
        <Button icon={Eraser} variant="quiet" isDisabled={!painted || painted.size === 0} onPress={clear}>
          {t("stimulate.clear")}
        </Button>
      </div>
      <NumberField label={t("stimulate.amplitude")} value={amplitude} onCommit={setAmplitude} />
      <Switch label={t("stimulate.endless")} value={endless} onCommit={setEndless} />
      {!endless && (
        <NumberField label={t("stimulate.repeat")} value={bursts} onCommit={setBursts} minValue={1} integer unit={t("stimulate.times")} />
      )}
      <NumberField label={t("stimulate.every")} value={every} onCommit={setEvery} minValue={1} integer unit={t("unit.bursts")} />
      <Button
        icon={Zap}
        variant="primary"
        className="stimulate-go"
        isDisabled={!canWrite || voxels.length === 0}
        onPress={() => attempt(lab.stimulus.paint({ area: area.id, voxels, amplitude, bursts: endless ? null : bursts, every }))}
      >
        {t("stimulate.run")}
      </Button>
      {area.kind === "input" && (
        <>
          <Button
            icon={Grab}
            className="stimulate-hold"
            isDisabled={!canWrite || voxels.length === 0}
            onPress={() => attempt(lab.sensory.hold({ area: area.id, voxels: voxels.map(([x, y, z]) => [x, y, z, amplitude]) }))}
          >
            {t("held.hold")}
          </Button>
          <p className="field-note">{t("held.holdNote")}</p>
        </>
      )}
      <p className="field-note">{t("stimulate.voxelCount", { count: voxels.length })}</p>
    </>
  );
}

function PoissonForm({ area, amplitude, setAmplitude }: AmplitudeProps) {
  const { lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const [probability, setProbability] = useState(0.1);
  const [seed, setSeed] = useState(1);
  const [bursts, setBursts] = useState(100);
  const [endless, setEndless] = useState(true);
  return (
    <>
      <NumberField
        label={t("stimulate.probability")}
        value={probability}
        onCommit={setProbability}
        minValue={0}
        maxValue={1}
        note={t("stimulate.probabilityNote")}
      />
      <NumberField label={t("stimulate.amplitude")} value={amplitude} onCommit={setAmplitude} />
      <NumberField label={t("stimulate.seed")} value={seed} onCommit={setSeed} integer note={t("stimulate.seedNote")} />
      <Switch label={t("stimulate.endless")} value={endless} onCommit={setEndless} />
      {!endless && (
        <NumberField label={t("stimulate.duration")} value={bursts} onCommit={setBursts} minValue={1} integer unit={t("unit.bursts")} />
      )}
      <Button
        icon={Zap}
        variant="primary"
        className="stimulate-go"
        isDisabled={!canWrite}
        onPress={() => attempt(lab.stimulus.poisson({ area: area.id, probability, amplitude, seed, bursts: endless ? null : bursts }))}
      >
        {t("stimulate.run")}
      </Button>
    </>
  );
}

function Running({ stimuli }: { stimuli: readonly Stimulus[] }) {
  const { stores, lab } = useWorkbench();
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  return (
    <section className="section" aria-label={t("stimulate.running")}>
      <h3>{t("stimulate.running")}</h3>
      {stimuli.length === 0 ? (
        <p className="dim">{t("stimulate.none")}</p>
      ) : (
        <ul className="stimulus-list" aria-label={t("stimulate.running")}>
          {stimuli.map((stimulus) => {
            const name = areaById.get(stimulus.area)?.name ?? stimulus.area;
            return (
              <li key={stimulus.id}>
                <div>
                  <strong>{name}</strong>
                  <span className="dim num">
                    {stimulus.kind === "voxels"
                      ? t("stimulate.aboutVoxels", { count: stimulus.voxels.length, amplitude: stimulus.amplitude, every: stimulus.every })
                      : t("stimulate.aboutPoisson", {
                          probability: stimulus.probability,
                          amplitude: stimulus.amplitude,
                          seed: stimulus.seed,
                        })}
                    {" · "}
                    {stimulus.remaining === null ? t("stimulate.untilStopped") : t("stimulate.left", { count: stimulus.remaining })}
                  </span>
                </div>
                <Button
                  icon={CircleStop}
                  label={t("stimulate.stop", { name })}
                  variant="quiet"
                  isDisabled={!canWrite}
                  onPress={() => attempt(lab.stimulus.remove({ id: stimulus.id }))}
                />
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
