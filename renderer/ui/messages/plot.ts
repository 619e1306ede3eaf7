/** What every plot says of itself. */
export const plotMessages = {
  "plot.all": "Show all",
  "plot.at": "{x} {at}: {values}",
  "plot.changed": "{value} ({difference})",
  "plot.empty": "No values yet.",
  "plot.keys":
    "Arrow keys move along, with Shift in larger steps; plus and minus zoom, Home and End go to the ends, Shift+Enter measures from here, Escape shows all.",
  "plot.keysPick": "Enter goes there.",
  "plot.measure": "Measure from here",
  "plot.measureTip": "Tells how far every value is from where measuring began; Shift and a click begin it anywhere.",
  "plot.no": "no",
  "plot.none": "no value",
  "plot.noValues": "no values",
  "plot.save": "Save as",
  "plot.saveCsv": "Values as CSV",
  "plot.saveParquet": "Values as Parquet",
  "plot.saveSvg": "Picture as SVG",
  "plot.stopMeasuring": "Stop measuring",
  "plot.table": "Values as a table",
  "plot.tableShort": "{shown} of {count} rows: of every stretch the smallest and the largest value, in the order in which they came.",
  "plot.value": "{label} {value}",
  "plot.yes": "yes",
} as const;
