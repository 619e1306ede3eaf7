/** Random structural edits of the probe genome's document, for property tests. */
import fc from "fast-check";
import { type FlatDocument, gene, withoutArea } from "./living.ts";

type Edit = (document: FlatDocument) => void;

const size = fc.integer({ min: 1, max: 5 });
const area = fc.constantFrom("cAAAAA", "cBBBBB", "cCCCCC");
const others = ["cBBBB2", "cBBBB3"];
const morphology = fc.constantFrom("projector", "lateral_+x", "block_to_block", "all_to_all", "randomizer");

/** Only on areas that are there; an area that is gone may come back. */
const on =
  (id: string, edit: Edit): Edit =>
  (document) => {
    if (gene(id, "cx-dstmap-d") in document.blueprint) edit(document);
  };

export const structuralEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .tuple(area, size, size, size)
    .map(([id, x, y, z]) =>
      on(id, ({ blueprint }) =>
        Object.assign(blueprint, { [gene(id, "cx-___bbx-i")]: x, [gene(id, "cx-___bby-i")]: y, [gene(id, "cx-___bbz-i")]: z }),
      ),
    ),
  fc.tuple(area, fc.integer({ min: 1, max: 3 })).map(([id, density]) =>
    on(id, ({ blueprint }) => {
      blueprint[gene(id, "cx-_n_cnt-i")] = density;
    }),
  ),
  fc
    .tuple(area, area, fc.array(fc.tuple(morphology, fc.constantFrom(1, 2.5, -3), fc.constantFrom(1, 4)), { maxLength: 2 }))
    .map(([from, to, rules]) =>
      on(
        from,
        on(to, ({ blueprint }) => {
          const destinations = blueprint[gene(from, "cx-dstmap-d")] as Record<string, unknown>;
          destinations[to] = rules.map(([id, multiplier]) => [id, [1, 1, 1], multiplier, false, 1, 1, 1, 1]);
          if (rules.length === 0) delete destinations[to];
        }),
      ),
    ),
  fc
    .tuple(area, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 0.5))
    .map(([id, threshold, leak]) =>
      on(id, ({ blueprint }) => Object.assign(blueprint, { [gene(id, "nx-fire_t-f")]: threshold, [gene(id, "nx-leak_c-f")]: leak })),
    ),
  fc.constantFrom([1, 0, 0], [2, 0, 0], [0, 1, 0]).map((vector) => ({ neuron_morphologies }: FlatDocument) => {
    neuron_morphologies["lateral_+x"] = { type: "vectors", class: "custom", parameters: { vectors: [vector] } };
  }),
  area.map((id) => on(id, (document) => withoutArea(document, id))),
  fc.tuple(area, fc.constantFrom(...others)).map(([id, as]) =>
    on(id, ({ blueprint }) => {
      for (const [key, value] of Object.entries(blueprint)) {
        if (key.startsWith(gene(id, ""))) blueprint[key.replace(id, as)] = structuredClone(value);
      }
      blueprint[gene(as, "cx-__name-t")] = as;
    }),
  ),
);
