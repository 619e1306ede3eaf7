/** A name that no rule has yet: the one wished for, or with a number behind it. */
export function freshName(name: string, morphologies: readonly { id: string }[]): string {
  const taken = new Set(morphologies.map(({ id }) => id));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}_${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
