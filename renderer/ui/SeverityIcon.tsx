/** Severity as a shape and a word, never as colour alone. */
import { CircleCheck, Info, OctagonX, TriangleAlert } from "lucide-react";

const icons = { error: OctagonX, warning: TriangleAlert, info: Info, ok: CircleCheck };

export function SeverityIcon({ severity, size = 14 }: { severity: keyof typeof icons; size?: number }) {
  const Icon = icons[severity];
  return <Icon size={size} className={`severity-${severity}`} aria-hidden />;
}
