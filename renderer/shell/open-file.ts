/** Opens whatever a person names, drops or double-clicks: a genome, a brain, a recording, a network of another tool, or a workspace. */
import type { StoreApi } from "zustand/vanilla";
import { LabError } from "#contracts/errors.ts";
import type { Dynamics } from "#contracts/network.ts";
import { Workspace } from "#contracts/workspace.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { type DesktopWindow, openingInput } from "../bridge/open-lab-bridge.ts";
import type { LabStores } from "../stores/lab-stores.ts";
import { fileNameOf } from "../ui/file-name.ts";
import { t } from "../ui/messages.ts";
import type { RecentFiles } from "../ui/recent-files.ts";
import type { LayoutStore } from "./layout-store.ts";
import { replaceBrain } from "./replacing.ts";
import type { Shell } from "./shell-store.ts";
import { putBack } from "./workspace-file.ts";

interface Parts {
  bridge: LabBridge;
  stores: LabStores;
  layouts: LayoutStore;
  recent: RecentFiles;
  shell: StoreApi<Shell>;
}

/** What the picker of a browser offers; those that are no text are opened by their path only. */
export const openable = [".json", ".genome", ".brain", ".connectome", ".graphml", ".gyrus", ".gyrusrec"];

/** A path of the host's machine, or a file from this one. */
export async function openFile(parts: Parts, named: string | File, dynamics: Dynamics = "standard"): Promise<void> {
  const { bridge } = parts;
  const input = typeof named === "string" ? { path: named } : await readable(named);
  const isWorkspace = /\.gyrus$/.test("path" in input ? input.path : input.name);
  if (!isWorkspace) {
    await replaceBrain(parts, nameOf(input), () => bridge.call("genome.load", { ...input, dynamics }));
    return;
  }
  if ("path" in input) {
    const { path } = input;
    await putBack(parts, await bridge.call("session.openWorkspace", { path }));
    parts.shell.setState({ workspacePath: path });
    parts.recent.note({ path, title: nameOf(input) });
  } else await putBack(parts, readText(input));
}

const nameOf = (input: { path: string } | { name: string }): string => ("name" in input ? input.name : fileNameOf(input.path));

async function readable(file: File): Promise<{ path: string } | { text: string; name: string }> {
  const hasPath = (window as DesktopWindow).gyrusDesktop !== undefined;
  if (!hasPath && /\.(brain|connectome|gyrusrec)$/.test(file.name))
    throw new LabError("E_UNSUPPORTED", t("open.notText", { name: file.name }), {}, t("open.notTextAdvice"));
  return (await openingInput(window, file)) as { path: string } | { text: string; name: string };
}

function readText({ text, name }: { text: string; name: string }): Workspace {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = null;
  }
  const read = Workspace.safeParse(json);
  if (read.success) return read.data;
  throw new LabError(
    "E_INVALID",
    t("workspace.refused", { name, reason: read.error.issues[0]?.message ?? "" }),
    {},
    t("workspace.refusedAdvice"),
  );
}
