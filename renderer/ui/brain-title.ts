/** What a brain is called: the title in its genome, or its file's name where the document has no title of its own. */

/** What genome editors write when nobody gave a title. */
const noTitle = /^(unknown|untitled|new|unnamed)?\s*(genome)?$/i;

export function brainTitle({ title, genomePath }: { title: string; genomePath: string | null }): string {
  return noTitle.test(title.trim()) ? (genomePath?.split(/[\\/]/).at(-1) ?? title) : title;
}
