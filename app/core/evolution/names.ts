/** How experiments name areas: by id, by the text of the id with or without its padding, or by name. */
import type { Names } from "../debug/conditions/bind.ts";

interface Named {
  id: string;
  idText: string;
  name: string;
}

export function isCalled({ id, idText, name }: Named, text: string): boolean {
  return [id, idText, idText.replace(/_+$/, ""), name].includes(text);
}

/** An id goes before a name. */
export function findNamed<A extends Named>(areas: readonly A[], text: string): A | undefined {
  return areas.find((area) => isCalled({ ...area, name: area.id }, text)) ?? areas.find(({ name }) => name === text);
}

/** The same for conditions. */
export function namesOf(areas: readonly (Named & { index: number; neurons: number })[], areaOfNeuron: Names["areaOfNeuron"]): Names {
  return { area: (text) => findNamed(areas, text), areaOfNeuron, areaNames: () => areas.map(({ name }) => name) };
}
