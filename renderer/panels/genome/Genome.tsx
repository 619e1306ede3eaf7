/** The genome itself: its text, what it differs in from another one, and areas to be taken out of others. */
import { Dna } from "lucide-react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { Compare } from "./Compare.tsx";
import { Merge } from "./Merge.tsx";
import { Source } from "./Source.tsx";
import "../editing/editing.css";
import "./genome.css";

export function Genome() {
  const { stores } = useWorkbench();
  const hasBrain = useStore(stores.brain, (state) => state.areas.length > 0);
  if (!hasBrain) return <EmptyState icon={Dna}>{t("genome.empty")}</EmptyState>;
  return (
    <Tabs className="panel tabs genome">
      <TabList className="tab-list" aria-label={t("panel.genome")}>
        {(["source", "compare", "merge"] as const).map((id) => (
          <Tab key={id} id={id} className="tab">
            {t(`genome.tab.${id}`)}
          </Tab>
        ))}
      </TabList>
      {/* The text under edit outlives a look at the other tabs. */}
      <TabPanel id="source" className="tab-panel" shouldForceMount>
        <Source />
      </TabPanel>
      <TabPanel id="compare" className="tab-panel">
        <Compare />
      </TabPanel>
      <TabPanel id="merge" className="tab-panel">
        <Merge />
      </TabPanel>
    </Tabs>
  );
}
