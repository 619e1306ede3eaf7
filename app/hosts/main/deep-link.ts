/**
 * Links of the form gyrus://open?file=&burst=&select=&view=. A link only navigates: it may select, show a view and go to a recorded
 * burst. A file it names would replace the brain on the bench, so the person is asked first (index.ts).
 */
import { z } from "zod";

export const DeepLink = z.object({
  /** Path of a genome or brain file. */
  file: z.string().min(1).max(4096).optional(),
  burst: z.coerce.number().int().min(0).optional(),
  /** As the palette takes it: an area, `#4812`, or `V1 12,3,0`. */
  select: z.string().min(1).max(200).optional(),
  /** Id of a view. */
  view: z
    .string()
    .regex(/^[a-zA-Z]{1,40}$/)
    .optional(),
});
export type DeepLink = z.infer<typeof DeepLink>;

/** Null for anything that is no such link, or has a part that cannot be read: half a link is not followed. */
export function parseDeepLink(text: string): DeepLink | null {
  if (!text.startsWith("gyrus://")) return null;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.host !== "open" || (url.pathname !== "" && url.pathname !== "/")) return null;
  const parsed = DeepLink.safeParse(Object.fromEntries(url.searchParams));
  return parsed.success ? parsed.data : null;
}

/** The link among the arguments of a second start, where the system hands links over. */
export function linkArgument(argv: readonly string[]): DeepLink | null {
  const text = argv.find((argument) => argument.startsWith("gyrus://"));
  return text === undefined ? null : parseDeepLink(text);
}
