/** A path that is typed, or chosen in the system's dialog where there is a desktop. */
import { useEffect, useState } from "react";
import type { Desktop, DesktopWindow } from "../../bridge/open-lab-bridge.ts";

interface AskedPath {
  path: string;
  setPath(path: string): void;
  /** Null in a browser, which has no such dialog. */
  desktop: Desktop | null;
}

export function useAskedPath(first: string): AskedPath {
  const [path, setPath] = useState(first);
  useEffect(() => {
    const chosen = ({ data, source }: MessageEvent) => {
      if (source === window && data?.type === "gyrus.path") setPath(String(data.path));
    };
    window.addEventListener("message", chosen);
    return () => window.removeEventListener("message", chosen);
  }, []);
  return { path, setPath, desktop: (window as DesktopWindow).gyrusDesktop ?? null };
}
