/** What a view shows when there is nothing, something is going on, or something went wrong. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { SeverityIcon } from "./SeverityIcon.tsx";

export function EmptyState({ icon: Icon, children, actions }: { icon?: LucideIcon; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      {Icon && <Icon size={22} strokeWidth={1.5} aria-hidden />}
      <p>{children}</p>
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  );
}

export type BadgeTone = "accent" | "ok" | "warning" | "error";

export function Badge({ tone, children, label }: { tone?: BadgeTone; children: ReactNode; label?: string }) {
  return (
    <span className="badge" data-tone={tone} {...(label === undefined ? {} : { role: "status", "aria-label": label })}>
      {children}
    </span>
  );
}

export function Notice({
  severity,
  title,
  children,
  live = false,
}: {
  severity: "error" | "warning" | "info" | "ok";
  title?: string;
  children?: ReactNode;
  live?: boolean;
}) {
  return (
    <div className="notice" data-severity={severity} {...(live ? { role: "alert" } : {})}>
      <SeverityIcon severity={severity} size={16} />
      <div className="notice-body">
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}

/** Work with a known share; `value` 0..1. The text beside it carries the counts. */
export function Progress({ label, value, detail }: { label: string; value: number; detail?: ReactNode }) {
  const percent = Math.round(Math.max(0, Math.min(1, value)) * 100);
  return (
    <div className="progress">
      <span>{label}</span>
      <span className="num dim">{detail}</span>
      <div className="progress-bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
        <div className="progress-fill" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
