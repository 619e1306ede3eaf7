/** What was looked at, each with whether it holds; the words for both are the caller's. */
import { SeverityIcon } from "./SeverityIcon.tsx";
import "./cards.css";

export function CheckList({
  checks,
  holds,
  fails,
}: {
  /** What is optional may be missing without a warning. */
  checks: readonly { name: string; ok: boolean; detail: string; optional?: boolean | undefined }[];
  /** Said to those who do not see the icon. */
  holds: string;
  fails: string;
}) {
  return (
    <ul className="gate-list">
      {checks.map(({ name, ok, detail, optional = false }) => (
        <li key={name}>
          <SeverityIcon severity={ok ? "ok" : optional ? "info" : "warning"} />
          <span>
            <span className="visually-hidden">{ok ? holds : fails} </span>
            {name} <span className="dim">{detail}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
