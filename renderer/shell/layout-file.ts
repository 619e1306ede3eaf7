/** One saved layout as a small file: out of this window, and in from another, refused with a reason where it is none. */
import { z } from "zod";
import { LabError } from "#contracts/errors.ts";
import { t } from "../ui/messages.ts";
import { Layout, parseLayout, viewsIn } from "./layout.ts";

const File = z.object({
  format: z.literal("gyrus-layout"),
  version: z.int(),
  name: z.string().trim().min(1).max(200),
  layout: z.unknown(),
});
/** The one that is written, and the newest that is read. */
const version = 1;

interface NamedLayout {
  name: string;
  layout: Layout;
}

export function layoutText({ name, layout }: NamedLayout): string {
  return `${JSON.stringify({ format: "gyrus-layout", version, name, layout }, null, 2)}\n`;
}

/** `leftOut`: views that this window does not know. */
export function readLayout(text: string): NamedLayout & { leftOut: number } {
  const file = File.safeParse(jsonOf(text));
  if (!file.success) throw refusal("layouts.notALayout");
  if (file.data.version > version) throw refusal("layouts.newer");
  const whole = Layout.safeParse(file.data.layout);
  // A view is in one place.
  if (!whole.success || new Set(viewsIn(whole.data)).size < viewsIn(whole.data).length) throw refusal("layouts.broken");
  const layout = parseLayout(whole.data);
  if (layout === null) throw refusal("layouts.unknownViews");
  return { name: file.data.name, layout, leftOut: viewsIn(whole.data).length - viewsIn(layout).length };
}

/** The name itself, or with the first number behind it that is free. */
export function freeName(name: string, taken: Readonly<Record<string, unknown>>): string {
  if (!Object.hasOwn(taken, name)) return name;
  let n = 2;
  while (Object.hasOwn(taken, `${name} ${n}`)) n++;
  return `${name} ${n}`;
}

const refusal = (why: "layouts.notALayout" | "layouts.newer" | "layouts.broken" | "layouts.unknownViews") =>
  new LabError("E_INVALID", t(why));

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
