/**
 * What is selected, one tab for each kind of it: areas, their region, a mapping, a rule, a voxel, a neuron, a synapse. Edits are
 * commands: they come back as an announcement and can be undone.
 */
import { TrendingUp } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useStore } from "zustand";
import type { CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { canLearn, showLearning } from "../../shell/commands/learning.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { type InspectorTab, inspectorTabs } from "../../stores/editing-store.ts";
import { Button } from "../../ui/Button.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { CompareAreas } from "../compare/CompareAreas.tsx";
import { CompareMappings } from "../compare/CompareMappings.tsx";
import { useMorphologies } from "../editing/use-morphologies.ts";
import { MappingEditor } from "../mapping/MappingEditor.tsx";
import { RuleEditor } from "../rules/RuleEditor.tsx";
import "../rules/rules.css";
import { AreaView } from "./AreaView.tsx";
import { BrainView } from "./BrainView.tsx";
import { NeuronView } from "./NeuronView.tsx";
import { RegionView } from "./RegionView.tsx";
import { SynapseView } from "./SynapseView.tsx";
import { UndoBar } from "./UndoBar.tsx";
import { useNeuronsAt, VoxelView } from "./VoxelView.tsx";
import "./inspector.css";

export function Inspector() {
  const { commands, settings } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (panel.current) return bindShortcuts(panel.current, commands, "inspector", () => settings.getState().letterKeys);
  }, [commands, settings]);
  return (
    <div ref={panel} className="panel inspector">
      <UndoBar />
      <Selected />
    </div>
  );
}

function Selected() {
  const { stores } = useWorkbench();
  const { areas: ids, area: id, voxel, neuron } = useStore(stores.selection);
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const regions = useStore(stores.brain, (state) => state.regions);
  const { tab, region: chosenRegion, mapping, rule, synapse, show } = useStore(stores.editing);
  const areas = useMemo(() => ids.flatMap((one) => areaById.get(one) ?? []), [ids, areaById]);
  const area = id === null ? undefined : areaById.get(id);
  const region = regions.find((one) => one.id === (chosenRegion ?? area?.region));
  const views: Partial<Record<InspectorTab, () => ReactNode>> = {
    ...(areas.length > 0 ? { area: () => <AreaView areas={areas} /> } : {}),
    ...(areas.length === 2 ? { compare: () => <CompareAreas key={ids.join()} areas={[areas[0]!, areas[1]!]} /> } : {}),
    ...(region ? { region: () => <RegionView key={region.id} region={region} /> } : {}),
    ...(mapping ? { mapping: () => <MappingTab key={`${mapping.src}>${mapping.dst}`} src={mapping.src} dst={mapping.dst} /> } : {}),
    ...(rule === null ? {} : { rule: () => <RuleTab key={rule} id={rule} /> }),
    ...(area && voxel ? { voxel: () => <VoxelView area={area} voxel={voxel} neuron={neuron} /> } : {}),
    ...(area && voxel ? { neuron: () => <NeuronTab area={area} voxel={voxel} neuron={neuron} /> } : {}),
    ...(synapse ? { synapse: () => <SynapseView key={`${synapse.source} ${synapse.target}`} {...synapse} /> } : {}),
  };
  const open = inspectorTabs.filter((one) => views[one]);
  const shown = views[tab] ? tab : open[0];
  if (shown === undefined) return <BrainView />;
  return (
    <Tabs className="tabs" selectedKey={shown} onSelectionChange={(key) => show(key as InspectorTab)}>
      <TabList className="tab-list" aria-label={t("inspector.tabs")}>
        {open.map((one) => (
          <Tab key={one} id={one} className="tab">
            {one === "area" && areas.length > 1 ? t("inspector.tab.areas", { count: areas.length }) : t(`inspector.tab.${one}`)}
          </Tab>
        ))}
      </TabList>
      {open.map((one) => (
        <TabPanel key={one} id={one} className="tab-panel">
          {views[one]?.()}
        </TabPanel>
      ))}
    </Tabs>
  );
}

function MappingTab({ src, dst }: { src: string; dst: string }) {
  const workbench = useWorkbench();
  const { stores } = workbench;
  const from = useStore(stores.brain, (state) => state.areaById.get(src));
  const to = useStore(stores.brain, (state) => state.areaById.get(dst));
  const mapping = useStore(stores.brain, (state) => state.mappings.find((one) => one.src === src && one.dst === dst));
  const { selectArea } = stores.selection.getState();
  if (!from || !to) return null;
  return (
    <section className="section">
      <h2 className="view-title mapping-title">
        <button type="button" className="link" onClick={() => selectArea(src)}>
          <KindGlyph kind={from.kind} /> {from.name}
        </button>
        <span aria-hidden>→</span>
        <button type="button" className="link" onClick={() => selectArea(dst)}>
          <KindGlyph kind={to.kind} /> {to.name}
        </button>
      </h2>
      {mapping && canLearn(mapping) && (
        <Button icon={TrendingUp} onPress={() => showLearning(workbench, mapping)}>
          {t("learning.show")}
        </Button>
      )}
      <MappingEditor pair={{ src, dst }} />
      {mapping && <CompareMappings mapping={mapping} />}
    </section>
  );
}

function RuleTab({ id }: { id: string }) {
  const morphologies = useMorphologies();
  const rule = morphologies.find((one) => one.id === id);
  return rule ? <RuleEditor rule={rule} morphologies={morphologies} /> : null;
}

/** The neuron that was named, or the first of the voxel. */
function NeuronTab({ area, voxel, neuron }: { area: CorticalArea; voxel: Vec3; neuron: number | null }) {
  const [first] = useNeuronsAt(area, voxel);
  const shown = neuron ?? first;
  return shown === undefined ? <p className="dim section">{t("inspector.noNeuron")}</p> : <NeuronView neuron={shown} />;
}
