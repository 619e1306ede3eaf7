import { expect, test } from "vitest";
import { readWorkspace, workspaceText } from "./workspace-file.ts";

const workspace = {
  ...{ format: "gyrus-workspace" as const, version: 1 as const, breakpoints: [], watches: [], window: {} },
  selection: { areas: [], area: null, voxels: [], voxel: null, neuron: null },
};
const at = (path: string) => ({ ...workspace, genome: { path, title: "Mine" } });

test("a brain beside or below its workspace moves with it; one elsewhere stays where it is", () => {
  const text = workspaceText(at("/lab/brains/mine.json"), "/lab/mine.gyrus");
  expect(readWorkspace(text, "/moved/mine.gyrus").genome?.path).toBe("/moved/brains/mine.json");
  const away = workspaceText(at("/elsewhere/mine.json"), "/lab/mine.gyrus");
  expect(readWorkspace(away, "/moved/mine.gyrus").genome?.path).toBe("/elsewhere/mine.json");
  const windows = workspaceText(at("C:\\lab\\brains\\mine.json"), "C:\\lab\\mine.gyrus");
  expect(readWorkspace(windows, "D:\\mine.gyrus").genome?.path).toBe("D:\\brains/mine.json");
  expect(readWorkspace(workspaceText({ ...workspace, genome: null }, "/lab/mine.gyrus"), "/lab/mine.gyrus").genome).toBeNull();
});

test.each([
  ["not json", /no JSON/],
  ["{}", /format/],
  [JSON.stringify({ ...at("/a.json"), version: 2 }), /version/],
  [JSON.stringify({ ...at("/a.json"), selection: { ...workspace.selection, neuron: -1 } }), /selection\.neuron/],
])("a damaged file is refused with the place: %s", (text, reason) => {
  expect(() => readWorkspace(text, "/lab/mine.gyrus")).toThrow(reason);
});
