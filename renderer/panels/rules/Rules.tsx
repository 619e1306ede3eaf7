/** The connectivity rules of the brain: who uses them, what they say, and which voxels they reach. */
import { Lock, Plus, Shapes } from "lucide-react";
import { useState } from "react";
import { ListBox, ListBoxItem, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useStore } from "zustand";
import type { Morphology } from "#contracts/connectome.ts";
import { useCanWrite, useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { FilterField } from "../../ui/FilterField.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { type MorphologySummary, useMorphologies } from "../editing/use-morphologies.ts";
import { freshName } from "./fresh-name.ts";
import { RuleEditor } from "./RuleEditor.tsx";
import "../editing/editing.css";
import "./rules.css";

const kinds = ["vectors", "patterns", "composite"] as const;

/** A rule to begin from: to the right neighbour, to the voxel of the same place, everything box by box. */
function blankRule(id: string, type: (typeof kinds)[number]): Morphology {
  const any = { type: "any" } as const;
  const same = { type: "same" } as const;
  const head = { id, class: "custom" } as const;
  if (type === "vectors") return { ...head, type, vectors: [[1, 0, 0]] };
  if (type === "patterns") return { ...head, type, patterns: [{ source: [any, any, any], target: [same, same, same] }] };
  const all: [number, number] = [1, 0];
  return { ...head, type, seed: [1, 1, 1], pattern: [all, all, all], mapper: "projector" };
}

export function Rules() {
  const { stores } = useWorkbench();
  const morphologies = useMorphologies();
  const chosen = useStore(stores.editing, (state) => state.rule);
  const [query, setQuery] = useState("");
  if (morphologies.length === 0) return <EmptyState icon={Shapes}>{t("rules.empty")}</EmptyState>;
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = morphologies
    .filter(({ id, type, users }) => {
      const text = `${id} ${t(`rules.type.${type}`)} ${users.length > 0 ? t("rules.used") : t("rules.unused")}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => b.users.length - a.users.length || a.id.localeCompare(b.id));
  const rule = morphologies.find(({ id }) => id === chosen);
  return (
    <div className="panel rules">
      <div className="panel-toolbar">
        <FilterField
          label={t("rules.filter")}
          hint={t("rules.filterHint", { count: morphologies.length })}
          value={query}
          onChange={setQuery}
        />
        <NewRule morphologies={morphologies} />
      </div>
      <div className="rules-body">
        <ListBox
          className="rules-list"
          aria-label={t("panel.rules")}
          items={shown}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={chosen === null ? [] : [chosen]}
          onSelectionChange={(keys) => {
            const [id] = keys === "all" ? [] : [...keys];
            if (id !== undefined) stores.editing.getState().choose({ rule: String(id) });
          }}
          renderEmptyState={() => <p className="dim section">{t("rules.noMatch")}</p>}
        >
          {(item) => <RuleRow rule={item} />}
        </ListBox>
        {rule && (
          <div className="rules-detail">
            <RuleEditor key={rule.id} rule={rule} morphologies={morphologies} />
          </div>
        )}
      </div>
    </div>
  );
}

function RuleRow({ rule: { id, type, class: kind, users } }: { rule: MorphologySummary }) {
  const used = users.length === 0 ? t("rules.unused") : t("rules.usedBy", { count: users.length });
  return (
    <ListBoxItem className="rules-row" id={id} textValue={id}>
      <span className="rules-name">{id}</span>
      {kind === "core" && <Lock size={12} aria-label={t("rules.core")} className="dim" />}
      <span className="dim rules-about">
        {t(`rules.type.${type}`)} · {used}
      </span>
    </ListBoxItem>
  );
}

function NewRule({ morphologies }: { morphologies: readonly MorphologySummary[] }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const refused = useRefusal();
  const create = (type: (typeof kinds)[number]) => {
    const id = freshName(t("rules.newName"), morphologies);
    lab.connectome.createMorphology({ morphology: blankRule(id, type) }).then(() => {
      stores.editing.getState().choose({ rule: id });
    }, refused);
  };
  return (
    <MenuTrigger>
      <Button icon={Plus} label={t("rules.create")} isDisabled={!canWrite} />
      <Popover className="popover">
        <Menu className="listbox" onAction={(key) => create(key as (typeof kinds)[number])} aria-label={t("rules.create")}>
          {kinds.map((type) => (
            <MenuItem key={type} id={type} className="option">
              {t(`rules.create.${type}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
