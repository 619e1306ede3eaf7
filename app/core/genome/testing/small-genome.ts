/** A small flat 2.0 genome with one custom area, for tests that change one thing. */

const area: Readonly<Record<string, unknown>> = {
  "cx-__name-t": "Area",
  "cx-_group-t": "CUSTOM",
  "cx-___bbx-i": 2,
  "cx-___bby-i": 3,
  "cx-___bbz-i": 1,
  "cx-rcordx-i": 5,
  "cx-rcordy-i": 6,
  "cx-rcordz-i": 7,
  "cx-_n_cnt-i": 1,
  "nx-fire_t-f": 1.5,
  "nx-excite-f": 100,
  "cx-dstmap-d": {},
};

export type AreaProperties = Record<string, unknown>;

/** Flat keys of one area; properties set to undefined are left out. */
function flatArea(id: string, properties: AreaProperties = {}): Record<string, unknown> {
  const all = Object.entries({ ...area, ...properties }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all.map(([suffix, value]) => [`_____10c-${id}-${suffix}`, value]));
}

/** The text of a genome with these areas; `top` replaces top-level values. */
export function genomeText(areas: Record<string, AreaProperties>, top: Record<string, unknown> = {}): string {
  const blueprint = Object.assign({}, ...Object.entries(areas).map(([id, properties]) => flatArea(id, properties)));
  return JSON.stringify({ genome_id: "small", version: "2.0", neuron_morphologies: {}, physiology: {}, blueprint, ...top }, null, 2);
}
