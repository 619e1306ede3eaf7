/** Files of the lab besides genomes: workspaces and kept recordings. */
export const filesMessages = {
  "banner.kept": "Recording of bursts {first} to {last}",
  "banner.keptDetail": "It is gone through and asked about, not changed. A fork runs on from the burst you are at.",
  "banner.keptFork": "Fork here",
  "command.workspaceSave": "Save workspace",
  "command.workspaceSaveAs": "Save workspace as…",
  "keep.done": "Bursts {first} to {last} are kept in {path}. Open it as any file.",
  "open.notText": "{name} holds more than text, which a browser cannot hand over",
  "open.notTextAdvice": "Open it by its path on the machine of the brain host.",
  "workspace.breakpointRefused": "The breakpoint {condition} was left out: {reason}",
  "workspace.choose": "Choose…",
  "workspace.into": "Path of the workspace file",
  "workspace.intoHint": "/path/to/mine.gyrus",
  "workspace.note":
    "It holds which file is on the bench, docks, selection, breakpoints, watches, camera bookmarks and what the scene shows. The brain stays in its own file. Without a path it goes to the export folder.",
  "workspace.refused": "{name} is no workspace: {reason}",
  "workspace.refusedAdvice": "Use another copy of it, or save the workspace again.",
  "workspace.save": "Save",
  "workspace.saved": "The workspace is saved to {path}",
  "workspace.title": "Save workspace",
} as const;
