/** What this window is for, as its address says: the lab, a further lab window (`?lab=2`), or one view that was popped out (`?view=raster&of=…`). */
import { z } from "zod";
import { isPanelId, type PanelId } from "../panels.ts";

const Id = z.string().regex(/^[0-9a-f]{16}$/);

const Query = z.object({
  view: z.string().refine(isPanelId).nullable().catch(null),
  /** The window that lent the view, and gets it back. */
  of: Id.nullable().catch(null),
  /** Number of a further lab window; the first has none. */
  lab: z.coerce.number().int().min(2).max(99).nullable().catch(null),
});

export interface WindowRole {
  /** Of this window, also after it was read anew. */
  id: string;
  view: PanelId | null;
  of: string | null;
  lab: number | null;
}

const key = "gyrus.window";

export function readRole(window: Pick<Window, "location" | "sessionStorage">): WindowRole {
  const query = new URLSearchParams(window.location.search);
  const { view, of, lab } = Query.parse({ view: query.get("view"), of: query.get("of"), lab: query.get("lab") || null });
  const known = Id.safeParse(window.sessionStorage.getItem(key));
  const id = known.success ? known.data : newId();
  window.sessionStorage.setItem(key, id);
  return view === null ? { id, view: null, of: null, lab } : { id, view: view as PanelId, of, lab: null };
}

/** Appended to the keys under which a window keeps what is its own: a layout, and what it has lent. Null: keeps nothing. */
export function keptAs({ view, lab }: Pick<WindowRole, "view" | "lab">): string | null {
  if (view !== null) return null;
  return lab === null ? "" : `.${lab}`;
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
