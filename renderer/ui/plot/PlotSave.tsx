/** Takes a plot out of the window: its picture, or every row of it. */
import { Download } from "lucide-react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { download } from "../download.ts";
import { t } from "../messages.ts";
import { tokenColours } from "../theme-colours.ts";
import type { SeriesKind } from "./chart.ts";
import type { Columns } from "./plot-data.ts";
import { csvOf, parquetOf, svgOf, type Titled } from "./plot-files.ts";

interface PlotSaveProps {
  name: string;
  columns: () => Columns;
  titled: {
    x: string;
    y: string;
    stems?: string | undefined;
    series: readonly { label: string; dash: readonly number[]; token: string; kind: SeriesKind }[];
  };
}

export function PlotSave({ name, columns, titled: { series, ...axes } }: PlotSaveProps) {
  const file = name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "");
  const titled = (): Titled => {
    const colours = tokenColours(
      window,
      series.map(({ token }) => token),
    );
    return {
      ...axes,
      series: series.map(({ label, dash, token, kind }) => ({ label, dash, colour: colours.get(token) ?? "", kind })),
    };
  };
  const save: Record<string, () => Promise<void> | void> = {
    svg: () => download(`${file}.svg`, "image/svg+xml", svgOf(columns(), titled())),
    csv: () => download(`${file}.csv`, "text/csv", csvOf(columns(), titled())),
    parquet: async () => download(`${file}.parquet`, "application/vnd.apache.parquet", await parquetOf(columns(), titled())),
  };
  return (
    <MenuTrigger>
      <AriaButton className="button" data-variant="quiet" data-icon-only aria-label={t("plot.save")}>
        <Download size={15} strokeWidth={1.9} aria-hidden />
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Menu className="listbox" aria-label={t("plot.save")} onAction={(id) => void save[String(id)]?.()}>
          <MenuItem id="svg" className="option">
            {t("plot.saveSvg")}
          </MenuItem>
          <MenuItem id="csv" className="option">
            {t("plot.saveCsv")}
          </MenuItem>
          <MenuItem id="parquet" className="option">
            {t("plot.saveParquet")}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
