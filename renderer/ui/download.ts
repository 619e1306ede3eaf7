/** Hands a file made here to the person: a download in a browser, the save dialog of the desktop. */
import { createStore } from "zustand/vanilla";

/** How many were handed over by this window; the tour waits for one. */
export const downloads = createStore(() => ({ count: 0 }));

export function download(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  downloads.setState(({ count }) => ({ count: count + 1 }));
}
