/** Comparison of values and of genomes by meaning. */

/** Equal as plain data: maps and sets in any order, absent and undefined members alike, 0 and -0 alike. */
export function isSame(a: unknown, b: unknown): boolean {
  return differenceOf(a, b) === undefined;
}

/** Where two values first differ, as the keys down to there; undefined where nowhere. */
export function differenceOf(a: unknown, b: unknown): string[] | undefined {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return undefined;
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((one) => b.has(one)) ? undefined : [];
  if (a instanceof Map && b instanceof Map) {
    for (const [key, value] of a) {
      const inner = differenceOf(value, b.get(key));
      if (inner) return [String(key), ...inner];
    }
    for (const key of b.keys()) if (!a.has(key)) return [String(key)];
    return undefined;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return [];
    for (let i = 0; i < a.length; i++) {
      const inner = differenceOf(a[i], b[i]);
      if (inner) return [String(i), ...inner];
    }
    return undefined;
  }
  if (!isRecord(a) || !isRecord(b)) return [];
  for (const key of Object.keys(a)) {
    const inner = differenceOf(a[key], Object.hasOwn(b, key) ? b[key] : undefined);
    if (inner) return [key, ...inner];
  }
  for (const key of Object.keys(b)) if (b[key] !== undefined && !Object.hasOwn(a, key)) return [key];
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !(value instanceof Map) && !(value instanceof Set) && !Array.isArray(value);
}
