/** From a genome and the areas it grew to what it switches on, and from there to the patch that tells an engine. */
export { homeostatPatch, sparseMemoryPatch, switchPatch } from "./switches/patch.ts";
export { switchesOf } from "./switches/read.ts";
export type * from "./switches/shape.ts";
