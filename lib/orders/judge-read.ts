/** What a row shows of the vendor's order. */
export type ShownRead = {
  vendorUpdatedAt: Date | null;
  /** When the read began that the row shows. */
  fetchedAt: Date;
  /** Null while only the list entry is here. */
  detailFetchedAt: Date | null;
};

/** A read of the vendor's order that has just arrived. */
export type ArrivedRead = {
  updatedAt: Date | null;
  fetchStartedAt: Date;
  whole: boolean;
};

/** No read takes this long; one that began so much later saw a later state whatever the vendor's clock says. */
const LONGEST_READ_MS = 15 * 60_000;

/**
 * Compare-and-set on the vendor's change time and the beginning of the read (F24): an answer that was under way for long
 * never overwrites a newer one.
 * - "take": the read is newer.
 * - "fill": it is older, but the only whole read so far: its content is taken, the state is not.
 * - "leave": it is older.
 */
export function judgeRead(row: ShownRead, read: ArrivedRead): "take" | "fill" | "leave" {
  if (isNewer(row, read)) return "take";
  return read.whole && row.detailFetchedAt === null ? "fill" : "leave";
}

function isNewer(row: ShownRead, read: ArrivedRead): boolean {
  const later = read.fetchStartedAt.getTime() - row.fetchedAt.getTime();
  const [before, now] = [
    changeTime(row.vendorUpdatedAt, row.fetchedAt),
    changeTime(read.updatedAt, read.fetchStartedAt),
  ];
  const changed = before !== null && now !== null ? now - before : 0;
  if (changed > 0) return true;
  return changed === 0 ? later >= 0 : later > LONGEST_READ_MS;
}

/** The vendor's change time, epoch ms; one that lay in the future when it was read says nothing, or it would win for ever. */
function changeTime(updatedAt: Date | null, readAt: Date): number | null {
  if (!updatedAt || updatedAt.getTime() - readAt.getTime() > LONGEST_READ_MS) return null;
  return updatedAt.getTime();
}
