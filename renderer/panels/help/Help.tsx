/** Help without a network: the page of a view with its commands as they are bound now, and a search over all pages. */
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { type HelpPage, helpPages, searchHelp } from "../../shell/help.ts";
import { keyNames } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Select, TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import "./help.css";

export function Help() {
  const { shell, commands } = useWorkbench();
  const id = useStore(shell, (state) => state.helpPage);
  const [query, setQuery] = useState("");
  const pages = useMemo(() => helpPages(commands), [commands]);
  const searching = query.trim() !== "";
  const shown = searching ? searchHelp(pages, query) : pages.filter((page) => page.id === id);
  return (
    <section className="panel help" aria-label={t("panel.help")}>
      <div className="help-head">
        <TextField label={t("help.search")} value={query} onChange={setQuery} />
        {!searching && (
          <Select
            label={t("help.page")}
            value={id}
            onChange={(next) => shell.setState({ helpPage: next })}
            choices={pages.map((page) => ({ id: page.id, label: page.title }))}
          />
        )}
      </div>
      <div aria-live="polite">
        {searching && <p className="help-count dim">{t("help.found", { count: shown.length })}</p>}
        {shown.map((page) => (
          <Page key={page.id} page={page} />
        ))}
      </div>
    </section>
  );
}

function Page({ page }: { page: HelpPage }) {
  return (
    <article className="section">
      <h2>{page.title}</h2>
      {page.text.split("\n").map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {page.commands.length > 0 && (
        <dl className="help-commands">
          {page.commands.map(({ id, title, shortcuts }) => (
            <div key={id}>
              <dt>{title}</dt>
              <dd>
                {shortcuts.map((shortcut) => (
                  <kbd key={shortcut}>{keyNames(shortcut)}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </article>
  );
}
