/** Field by field, what differs between two plain values. */
import type { GenomeChange } from "#contracts/genome-edit.ts";

/** Equality as JSON means it: the order of members does not count, the order of lists does. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

/** Members that differ, all of them where one side is missing; null is as good as absent. */
export function changesBetween(a: object | undefined, b: object | undefined, path = ""): GenomeChange[] {
  const [before, after] = [new Map<string, unknown>(Object.entries(a ?? {})), new Map<string, unknown>(Object.entries(b ?? {}))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({ what: path + key, from: before.get(key) ?? null, to: after.get(key) ?? null }))
    .filter(({ from, to }) => !same(from, to));
}
