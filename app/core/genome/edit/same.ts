/** Comparison of values and of genomes by meaning. */

/** Equal as plain data: maps by their entries in any order, absent and undefined members alike, 0 and -0 alike. */
export function isSame(a: unknown, b: unknown): boolean {
  return differenceOf(a, b) === undefined;
}

/** Where two values first differ, as the keys down to there; undefined where nowhere. */
export function differenceOf(a: unknown, b: unknown): string[] | undefined {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return undefined;
  if (a instanceof Map && b instanceof Map)
    return firstDifference([...new Set([...a.keys(), ...b.keys()])], (key) => [a.get(key), b.get(key)]);
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((one) => b.has(one)) ? undefined : [];
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length ? firstDifference([...a.keys()], (i) => [a[i as number], b[i as number]]) : [];
  }
  if (!isPlain(a) || !isPlain(b)) return [];
  const own = (object: Record<string, unknown>, key: string) => (Object.hasOwn(object, key) ? object[key] : undefined);
  return firstDifference([...new Set([...Object.keys(a), ...Object.keys(b)])], (key) => [own(a, key as string), own(b, key as string)]);
}

function firstDifference(keys: readonly unknown[], pair: (key: unknown) => [unknown, unknown]): string[] | undefined {
  for (const key of keys) {
    const inner = differenceOf(...pair(key));
    if (inner) return [String(key), ...inner];
  }
  return undefined;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !(value instanceof Map) && !(value instanceof Set) && !Array.isArray(value);
}
