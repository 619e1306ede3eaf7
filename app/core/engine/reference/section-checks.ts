/** What the columns of a snapshot must keep to, by section; what does not is refused. */
import type { SnapshotColumns } from "./snapshot-codec.ts";
import { refuseSnapshot } from "./snapshot-container.ts";

type Name = keyof SnapshotColumns;

export function checking(columns: SnapshotColumns) {
  const each = (section: Name, holds: (value: number, i: number) => boolean, reason: string) => {
    const column = columns[section];
    for (let i = 0; i < column.length; i++) if (!holds(column[i]!, i)) refuseSnapshot(reason, { section, at: i });
  };
  /** By the first column, where equal by the second. */
  const ascends = (first: Name, second: Name | null, reason: string) => {
    const [a, b] = [columns[first], second === null ? null : columns[second]];
    each(first, (value, i) => i === 0 || value > a[i - 1]! || (b !== null && value === a[i - 1] && b[i]! > b[i - 1]!), reason);
  };
  /** Lengths of flat lists against their elements. */
  const addsUp = (lengths: Name, elements: Name) => {
    const sizes = columns[lengths];
    let total = 0;
    for (let i = 0; i < sizes.length; i++) total += sizes[i]!;
    if (total !== columns[elements].length) refuseSnapshot("two sections do not add up", { section: elements });
  };
  /** Each flat list by itself. */
  const ascendsWithin = (lengths: Name, elements: Name, reason: string) => {
    const ids = columns[elements];
    let end = 0;
    const ascending = (size: number) => {
      end += size;
      for (let i = end - size + 1; i < end; i++) if (ids[i]! <= ids[i - 1]!) return false;
      return true;
    };
    each(lengths, ascending, reason);
  };
  return { each, ascends, addsUp, ascendsWithin };
}
