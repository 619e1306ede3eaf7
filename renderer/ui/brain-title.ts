/** What a brain is called: the title in its genome, or its file's name where the document has no title of its own. */

/** What genome editors write when nobody gave a title. */
const noTitle = /^(unknown|untitled|new|unnamed)?\s*(genome)?$/i;

interface Titled {
  title: string;
  genomePath: string | null;
  /** The recording file it came from. */
  kept?: { path: string } | null;
}

export function brainTitle({ title, genomePath, kept }: Titled): string {
  const path = genomePath ?? kept?.path;
  return noTitle.test(title.trim()) ? (path?.split(/[\\/]/).at(-1) ?? title) : title;
}
