/** Places of dots in a gutter: each as near to its row as the room of one dot leaves, none over another while there is room. */
export function spread(wanted: readonly number[], height: number, size: number): number[] {
  const half = size / 2;
  const placed: number[] = [];
  for (const at of wanted) placed.push(Math.max(at, half, (placed.at(-1) ?? -size) + size));
  let most = height - half;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.max(half, Math.min(placed[i]!, most));
    most = placed[i]! - size;
  }
  return placed;
}
