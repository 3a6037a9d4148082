/** What recognising one order behind two rows needs to know of each. */
export type TwinCandidate = {
  id: string;
  connectionId: string;
  vendor: string;
  side: string;
  number: string;
  /** Case ids of the vendor and of the scanner portal behind it. */
  keys: readonly string[];
  receivedAt: Date;
  /** The vendor carries decisions out itself. */
  takesDecisions: boolean;
  /** The row it is shown as now, and what they were recognised by. */
  twinOfId: string | null;
  twinBy: string | null;
};

export type TwinBy = "ids" | "content";
/** For the row that is not shown: which one is, and what they were recognised by. Rows without an entry are shown. */
export type Pairs = Map<string, { primaryId: string; by: TwinBy }>;
/** Whether two orders hold the very same scans; unknown while some of them are not here. */
export type ContentVerdict = "same" | "different" | "unknown";

/**
 * Finds the rows that are one order which arrived by two ways: by the case ids that the vendors give, and where those are silent
 * by their scans. The vendor that takes decisions is the one shown. A case may be ordered twice, so each shown row has at most
 * one twin per connection, the one nearest in time. Where the scans of an order fit to more than one other, nothing is assumed.
 * Pure; the answer does not depend on the order of the rows.
 */
export function pairTwins(
  rows: readonly TwinCandidate[],
  contentOf: (a: TwinCandidate, b: TwinCandidate) => ContentVerdict,
): Pairs {
  const pairs: Pairs = new Map();
  for (const group of groupsOf(rows)) pairGroup(group, pairs);
  const paired = new Set([...pairs].flatMap(([id, { primaryId }]) => [id, primaryId]));
  pairByContent(
    rows.filter((row) => !paired.has(row.id)),
    contentOf,
    pairs,
  );
  return pairs;
}

/** Orders of one connection are different orders; of one vendor they are the same only under the same number. */
function mayBeTwins(a: TwinCandidate, b: TwinCandidate): boolean {
  return a.connectionId !== b.connectionId && a.side === b.side && (a.vendor !== b.vendor || a.number === b.number);
}

function shareKey(a: TwinCandidate, b: TwinCandidate): boolean {
  return mayBeTwins(a, b) && a.keys.some((key) => b.keys.includes(key));
}

/** Rows that hang together by shared keys. */
function groupsOf(rows: readonly TwinCandidate[]): TwinCandidate[][] {
  const left = new Set(rows);
  const groups: TwinCandidate[][] = [];
  for (const first of rows) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const row of group)
      for (const other of left)
        if (shareKey(row, other)) {
          left.delete(other);
          group.push(other);
        }
    if (group.length > 1) groups.push(group);
  }
  return groups;
}

function pairGroup(group: TwinCandidate[], pairs: Pairs): void {
  const leader = group.reduce(firstShown);
  const primaries = group.filter((row) => row.connectionId === leader.connectionId);
  const distances = group
    .filter((row) => row.connectionId !== leader.connectionId)
    .flatMap((row) => primaries.filter((primary) => shareKey(row, primary)).map((primary) => ({ row, primary })))
    .sort((a, b) => apart(a.row, a.primary) - apart(b.row, b.primary) || compare(nameOf(a), nameOf(b)));
  const taken = new Set<string>();
  for (const { row, primary } of distances) {
    const place = `${primary.id} ${row.connectionId}`;
    if (pairs.has(row.id) || taken.has(place)) continue;
    taken.add(place);
    pairs.set(row.id, { primaryId: primary.id, by: "ids" });
  }
}

function pairByContent(
  rows: TwinCandidate[],
  contentOf: (a: TwinCandidate, b: TwinCandidate) => ContentVerdict,
  pairs: Pairs,
): void {
  const fits = new Map<TwinCandidate, TwinCandidate[]>(rows.map((row) => [row, []]));
  for (const [at, a] of rows.entries())
    for (const b of rows.slice(at + 1)) {
      if (a.vendor === b.vendor || !mayBeTwins(a, b)) continue;
      const verdict = contentOf(a, b);
      const wasSo = verdict === "unknown" && (isTwinByContent(a, b) || isTwinByContent(b, a));
      if (verdict !== "same" && !wasSo) continue;
      fits.get(a)!.push(b);
      fits.get(b)!.push(a);
    }
  for (const [row, [other, ...more]] of fits) {
    if (!other || more.length > 0 || fits.get(other)!.length > 1) continue;
    const primary = firstShown(row, other);
    if (primary === other) pairs.set(row.id, { primaryId: other.id, by: "content" });
  }
}

function isTwinByContent(a: TwinCandidate, b: TwinCandidate): boolean {
  return a.twinBy === "content" && a.twinOfId === b.id;
}

/** The same whichever arrived first. */
function firstShown(a: TwinCandidate, b: TwinCandidate): TwinCandidate {
  if (a.takesDecisions !== b.takesDecisions) return a.takesDecisions ? a : b;
  return compare(a.connectionId, b.connectionId) <= 0 ? a : b;
}

function apart(a: TwinCandidate, b: TwinCandidate): number {
  return Math.abs(a.receivedAt.getTime() - b.receivedAt.getTime());
}

function nameOf({ row, primary }: { row: TwinCandidate; primary: TwinCandidate }): string {
  return `${primary.id} ${row.id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
