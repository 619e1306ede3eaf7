/** The brain in Neo4j: connection, writing, questions and what was found; the last two beside the others where there is room. */
import { Waypoints } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { Connection } from "./Connection.tsx";
import { Questions } from "./Questions.tsx";
import { Writing } from "./Writing.tsx";
import "./graph.css";

export function Graph() {
  const { stores, lab } = useWorkbench();
  const refused = useRefusal();
  const status = useStore(stores.graph.store, (state) => state.status);
  const phase = useStore(stores.connection, (connection) => connection.phase);
  useEffect(() => {
    if (phase === "open") lab.neo4j.status({}).then(stores.graph.set, refused);
  }, [phase, lab, stores, refused]);
  if (status === null) return <EmptyState icon={Waypoints}>{t("graph.loading")}</EmptyState>;
  return (
    <div className="panel graph">
      <div className="graph-parts" data-connected={status.state === "connected" || undefined}>
        <div className="graph-side">
          <Connection status={status} />
          {status.state === "connected" && <Writing status={status} />}
        </div>
        {status.state === "connected" && <Questions />}
      </div>
    </div>
  );
}
