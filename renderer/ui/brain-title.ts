/** What a brain is called: the title in its genome, or its file's name where the document has no title of its own. */

/** What genome editors write when nobody gave a title. */
const noTitle = /^(unknown|untitled|new|unnamed)?\s*(genome)?$/i;

export function brainTitle({ title, genomePath }: { title: string; genomePath: string | null }): { title: string; file: string | null } {
  const file = genomePath?.split(/[\\/]/).at(-1) ?? null;
  if (!noTitle.test(title.trim())) return { title, file };
  return file === null ? { title, file } : { title: file, file: null };
}
