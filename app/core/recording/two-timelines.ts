/** Two recordings of one brain beside each other: who fired in one and not in the other. Neurons are matched by id. */
import { readFrameSections } from "#contracts/frame.ts";

export interface FiringDifference {
  /** Fired neurons of each, and those that fired in one alone. */
  here: number;
  there: number;
  onlyHere: number;
  onlyThere: number;
}

export interface AreaDifference extends FiringDifference {
  /** Dense index of the area in the engine. */
  area: number;
  /** Ascending ids. */
  hereAlone: Uint32Array;
  thereAlone: Uint32Array;
}

/** The areas in which anything fired in either frame of the same burst. */
export function* areaDifferences(here: Uint32Array, there: Uint32Array): Generator<AreaDifference> {
  const theirs = new Map([...readFrameSections(there)].map(({ area, ids }) => [area, ids]));
  const none = new Uint32Array(0);
  for (const { area, ids } of readFrameSections(here)) {
    yield differenceOf(area, ids, theirs.get(area) ?? none);
    theirs.delete(area);
  }
  for (const [area, ids] of theirs) yield differenceOf(area, none, ids);
}

function differenceOf(area: number, here: Uint32Array, there: Uint32Array): AreaDifference {
  const [hereAlone, thereAlone] = [missingFrom(there, here), missingFrom(here, there)];
  return {
    area,
    here: here.length,
    there: there.length,
    onlyHere: hereAlone.length,
    onlyThere: thereAlone.length,
    hereAlone,
    thereAlone,
  };
}

/** The ids that the other list lacks; both ascend. */
function missingFrom(other: Uint32Array, ids: Uint32Array): Uint32Array {
  let at = 0;
  return ids.filter((id) => {
    while (at < other.length && other[at]! < id) at++;
    return other[at] !== id;
  });
}
