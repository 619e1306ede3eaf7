/** Which labels fit on the screen without covering each other: the important ones first, the rest wait until there is room. */

export interface LabelBox {
  /** Top left corner, CSS pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Higher is placed first. */
  priority: number;
}

/** Indices of the labels to show. Equal priorities keep their order, so a still camera shows a still picture. */
export function declutter(labels: readonly LabelBox[], most: number): Set<number> {
  const order = labels.map((_, i) => i).sort((a, b) => labels[b]!.priority - labels[a]!.priority || a - b);
  const shown = new Set<number>();
  for (const i of order) {
    if (shown.size >= most) break;
    const label = labels[i]!;
    let free = true;
    for (const other of shown) {
      if (overlap(label, labels[other]!)) {
        free = false;
        break;
      }
    }
    if (free) shown.add(i);
  }
  return shown;
}

function overlap(a: LabelBox, b: LabelBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
