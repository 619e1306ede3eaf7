/** The causes of a firing, and theirs: a tree that opens as far as somebody looks. A firing that caused several stands under each. */
import { ChevronRight, CornerDownRight } from "lucide-react";
import { Button, Tree, TreeItem, TreeItemContent } from "react-aria-components";
import { useWorkbench } from "../../shell/workbench.ts";
import { branchId, type CauseNode, mostLevels, sourceNode, type WhyState } from "../../stores/why-store.ts";
import { formatExact, formatFigure, formatSentence } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { useAreaOf } from "./area-of.ts";

type Branch = CauseNode["branches"][number];
type Nodes = ReadonlyMap<string, CauseNode>;

export function CauseTree({ state: { tree, question, busy, open } }: { state: WhyState }) {
  const { stores } = useWorkbench();
  const root = tree?.nodes.get(tree.root);
  return (
    <section className="section" aria-label={t("why.tree")}>
      <h3>{t("why.tree")}</h3>
      {!tree && busy === "tree" && question && <p className="dim">{t("why.asking", { burst: question.burst })}</p>}
      {root && root.branches.length === 0 && <p className="dim">{t("why.treeEmpty")}</p>}
      {tree && root && root.branches.length > 0 && (
        <Tree
          className="cause-tree"
          aria-label={t("why.treeLabel")}
          expandedKeys={open}
          onExpandedChange={(ids) => stores.why.openRows(ids as Set<string>)}
        >
          {rows(root, tree.nodes, "", 0)}
        </Tree>
      )}
    </section>
  );
}

function rows(node: CauseNode, nodes: Nodes, path: string, level: number) {
  const branches = node.branches.map((branch, at) => {
    const id = branchId(path, branch, at);
    return <CauseRow key={id} id={id} branch={branch} nodes={nodes} level={level} />;
  });
  const { count, sum } = node.others;
  return count === 0 ? branches : [...branches, <OthersRow key={`${path}/others`} id={`${path}/others`} count={count} sum={sum} />];
}

function CauseRow({ id, branch, nodes, level }: { id: string; branch: Branch; nodes: Nodes; level: number }) {
  const { stores } = useWorkbench();
  const areaOf = useAreaOf();
  const { synapse, origin, value } = branch;
  const source = synapse && { neuron: synapse.source, burst: synapse.firedAt };
  const node = sourceNode(branch, nodes);
  const name = source
    ? t("why.treeNode", { neuron: `${areaOf(source.neuron)?.name ?? ""} ${source.neuron}`.trim(), burst: source.burst })
    : t(`why.origin.${origin}`);
  const canOpen = node !== undefined && level < mostLevels;
  return (
    <TreeItem id={id} textValue={name} className="cause-row">
      <TreeItemContent>
        {({ hasChildItems }) => (
          <div className="cause-cells" style={{ paddingInlineStart: level * 12 }}>
            {hasChildItems ? (
              <Button slot="chevron" className="tree-chevron" aria-label={t("why.expand", { name })}>
                <ChevronRight size={13} aria-hidden />
              </Button>
            ) : (
              <span className="tree-chevron" />
            )}
            <span className="cause-name" title={node ? formatSentence(node.sentence) : name}>
              {name}
            </span>
            <span className="num cause-value">
              {synapse?.inhibitory ? "⊣ " : ""}
              {typeof value === "number" ? formatExact(value) : value}
            </span>
            {source && (
              <Button
                className="button"
                aria-label={node ? t("why.askThis", source) : t("why.deeper")}
                data-variant="quiet"
                data-icon-only
                onPress={() => void (node ? stores.why.ask(source) : stores.why.extend(source))}
              >
                <CornerDownRight size={13} aria-hidden />
              </Button>
            )}
          </div>
        )}
      </TreeItemContent>
      {canOpen && node ? rows(node, nodes, id, level + 1) : null}
    </TreeItem>
  );
}

function OthersRow({ id, count, sum }: { id: string; count: number; sum: number }) {
  const text = t("why.others", { count, sum: formatFigure(sum) });
  return (
    <TreeItem id={id} textValue={text} className="cause-row">
      <TreeItemContent>
        <div className="cause-cells">
          <span className="tree-chevron" />
          <span className="dim">{text}</span>
        </div>
      </TreeItemContent>
    </TreeItem>
  );
}
