/** Further windows of a lab. */
export const windowsMessages = {
  "command.caption": "Change the caption",
  "command.giveBack": "Give this view back to the window it came from",
  "command.newWindow": "New window",
  "command.popOut": "Pop out this view into a window of its own",
  "command.takeBack": "Take all popped-out views back",
  "group.window": "Window",
  "present.caption": "Caption",
  "windows.burst": "Burst {burst}",
  "windows.giveBack": "Give back",
  "windows.giveBackTip": "Closes this window; the view goes back to where it was",
  "windows.notOpened":
    "No window came up for {panel}, so it stays here. A browser may have blocked it: allow pop-up windows for this address and pop it out again.",
  "windows.popOut": "Pop out {panel}",
} as const;
