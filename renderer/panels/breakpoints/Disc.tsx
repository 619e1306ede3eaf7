/** The mark of a breakpoint: round pauses, a diamond logs; hollow is off. */
import type { Breakpoint } from "#contracts/debug.ts";

export function Disc({ action, enabled }: { action: Breakpoint["action"]; enabled: boolean }) {
  return (
    <svg viewBox="0 0 14 14" width={14} height={14} className="breakpoint-disc" aria-hidden="true">
      {action === "pause" ? (
        <circle cx={7} cy={7} r={4.5} fill={enabled ? "currentColor" : "none"} stroke="currentColor" strokeWidth={1.6} />
      ) : (
        <path d="M7 1.8 12.2 7 7 12.2 1.8 7z" fill={enabled ? "currentColor" : "none"} stroke="currentColor" strokeWidth={1.6} />
      )}
    </svg>
  );
}
