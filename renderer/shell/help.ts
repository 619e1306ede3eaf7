/**
 * Help, made from the command list and the catalogue: a page for each view with its text and its commands, one for what works
 * everywhere. Every command is on a page, so a shortcut that is listed exists.
 */
import { t } from "../ui/messages.ts";
import type { WindowCommand } from "./commands/command.ts";
import { type PanelId, panelIds } from "./panels.ts";
import { shortcutPlaces } from "./shortcuts.ts";

export interface HelpPage {
  id: PanelId | "window";
  title: string;
  /** Paragraphs, one a line. */
  text: string;
  commands: readonly WindowCommand[];
}

export function helpPages(commands: readonly WindowCommand[]): HelpPage[] {
  const pages = panelIds.map((id): HelpPage => {
    const contexts = (shortcutPlaces as Record<string, readonly WindowCommand["context"][]>)[id] ?? [];
    const own = commands.filter(
      (command) =>
        command.id === `view.${id}` ||
        command.id.startsWith(`${id}.`) ||
        (command.context !== "window" && contexts.includes(command.context)),
    );
    return { id, title: t(`panel.${id}`), text: t(`help.${id}`), commands: own };
  });
  const listed = new Set(pages.flatMap((page) => page.commands));
  const rest = commands.filter((command) => !listed.has(command));
  return [{ id: "window", title: t("help.everywhere"), text: t("help.window"), commands: rest }, ...pages];
}

/** Pages in which every word is found, in title, text or the titles of their commands. */
export function searchHelp(pages: readonly HelpPage[], query: string): HelpPage[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const inCommand = (command: WindowCommand) => words.some((word) => command.title.toLowerCase().includes(word));
  return pages.flatMap((page) => {
    const text = `${page.title} ${page.text} ${page.commands.map(({ title }) => title).join(" ")}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    return [{ ...page, commands: page.commands.filter(inCommand) }];
  });
}
