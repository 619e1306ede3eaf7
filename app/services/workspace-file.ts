/** Workspace files: written with the brain's path relative to them where it lies beside or below, so that a folder can be moved as a whole. */
import { LabError } from "#contracts/errors.ts";
import { Workspace } from "#contracts/workspace.ts";

export function workspaceText(workspace: Workspace, path: string): string {
  const folder = folderOf(path);
  const { genome } = workspace;
  const isWithin = folder !== "" && (genome?.path.startsWith(folder) ?? false);
  const kept = genome && isWithin ? { ...genome, path: `./${genome.path.slice(folder.length).replaceAll("\\", "/")}` } : genome;
  return `${JSON.stringify({ ...workspace, genome: kept }, null, 2)}\n`;
}

/** A file that is no workspace, or not all of one, is refused with the place and what is expected there. */
export function readWorkspace(text: string, path: string): Workspace {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw refused(path, "it is no JSON", [], cause);
  }
  const parsed = Workspace.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path: at, message }) => ({ path: at.join("."), message }));
    const [first] = issues;
    throw refused(path, `${first?.path ? `${first.path}: ` : ""}${first?.message ?? "it does not fit"}`, issues);
  }
  const { genome } = parsed.data;
  if (!genome?.path.startsWith("./")) return parsed.data;
  return { ...parsed.data, genome: { ...genome, path: folderOf(path) + genome.path.slice(2) } };
}

function refused(path: string, reason: string, issues: object[], cause?: unknown): LabError {
  const advice = "Use another copy of it, or save the workspace again; the brain on the bench is as it was.";
  return new LabError("E_INVALID", `The workspace file was refused: ${reason}`, { path, issues }, advice, cause);
}

/** With its last separator; empty where only a name is given. */
const folderOf = (path: string): string => /^.*[\\/]/s.exec(path)?.[0] ?? "";
