/** Where the database is and who asks. The password goes to the host and is held nowhere here. */
import { Plug, Unplug } from "lucide-react";
import { type FormEvent, useState } from "react";
import { TextField as AriaTextField, Input, Label, Text } from "react-aria-components";
import type { GraphPlace, Neo4jStatus } from "#contracts/commands/neo4j.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Badge, Notice } from "../../ui/feedback.tsx";
import { Switch, TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";

export function Connection({ status }: { status: Neo4jStatus }) {
  const [isChanging, setChanging] = useState(false);
  const isConnected = status.state === "connected";
  return (
    <section className="graph-section" aria-labelledby="graph-connection">
      <h3 id="graph-connection">{t("graph.connection")}</h3>
      {!isConnected && <p className="dim">{t("graph.about")}</p>}
      {isConnected && !isChanging ? (
        <Connected status={status} onChange={() => setChanging(true)} />
      ) : (
        <ConnectForm key={JSON.stringify(status.place)} status={status} onConnected={() => setChanging(false)} />
      )}
    </section>
  );
}

function Connected({ status, onChange }: { status: Neo4jStatus; onChange: () => void }) {
  const { lab } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const { place, server, password, sync } = status;
  return (
    <>
      <p className="graph-state">
        <Badge tone="ok">{t("graph.connected")}</Badge> {server && t("graph.server", { ...server })}
      </p>
      <p className="graph-place">{t("graph.place", { ...place })}</p>
      <p className="dim">{t(password === "keyStore" ? "graph.kept" : "graph.memory")}</p>
      <div className="graph-actions">
        <Button
          icon={Unplug}
          isDisabled={!canWrite || sync !== null}
          onPress={() => attempt(lab.neo4j.disconnect({ forgetPassword: false }))}
        >
          {t("graph.disconnect")}
        </Button>
        <Button variant="quiet" isDisabled={!canWrite || sync !== null} onPress={onChange}>
          {t("graph.change")}
        </Button>
      </div>
    </>
  );
}

function ConnectForm({ status, onConnected }: { status: Neo4jStatus; onConnected: () => void }) {
  const { lab } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const [place, setPlace] = useState<GraphPlace>(status.place);
  const [password, setPassword] = useState("");
  const [keep, setKeep] = useState(status.hasKeyStore);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isKnown = status.password !== "none";
  const connect = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    lab.neo4j
      .connect({ ...place, keep, ...(password === "" ? {} : { password }) })
      .then(
        () => {
          setPassword("");
          onConnected();
        },
        (error: Error) => setRefusal(error.message),
      )
      .finally(() => setBusy(false));
  };
  const shown = status.problem?.message ?? refusal;
  const field = (name: keyof GraphPlace, label: string, note?: string) => (
    <TextField
      label={label}
      value={place[name]}
      onChange={(value) => setPlace({ ...place, [name]: value.trim() })}
      {...(note ? { note } : {})}
    />
  );
  return (
    <form className="graph-form" onSubmit={connect}>
      {field("uri", t("graph.address"), t("graph.addressNote"))}
      <div className="graph-pair">
        {field("user", t("graph.user"))}
        {field("database", t("graph.database"))}
      </div>
      <AriaTextField className="field" data-stacked="" type="password" value={password} onChange={setPassword}>
        <Label>{t("graph.password")}</Label>
        <Input className="input" autoComplete="off" placeholder={isKnown ? t("graph.passwordKnown") : ""} />
        {!status.hasKeyStore && (
          <Text slot="description" className="field-note">
            {t("graph.noKeyStore")}
          </Text>
        )}
      </AriaTextField>
      {status.hasKeyStore && <Switch label={t("graph.keep")} value={keep} onCommit={setKeep} />}
      {shown && !isBusy && (
        <Notice severity="error" title={shown} live>
          {status.problem?.advice}
        </Notice>
      )}
      <div className="graph-actions">
        <Button type="submit" variant="primary" icon={Plug} isPending={isBusy} isDisabled={!canWrite || (password === "" && !isKnown)}>
          {t(isBusy ? "graph.connecting" : "graph.connect")}
        </Button>
        {isKnown && (
          <Button variant="quiet" isDisabled={!canWrite} onPress={() => attempt(lab.neo4j.disconnect({ forgetPassword: true }))}>
            {t("graph.forget")}
          </Button>
        )}
      </div>
    </form>
  );
}
