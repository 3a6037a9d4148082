import type { TenantTransaction } from "#lib/database/with-organisation.ts";

/** One verified scan, told apart by its bytes and by its shape (mm). */
type ScanContent = { sha256: string; triangles: number; boundsMin: number[]; boundsMax: number[] };
/** All scans of an order; null while one of them is not here and verified, or when there are none. */
export type OrderContent = ScanContent[] | null;

/** Vendors hand the same mesh out in different formats: texts and floats of one coordinate differ by less than this, mm. */
const SAME_MM = 0.002;
/** One scan alone may be sent with many orders. */
const FEWEST_SCANS = 2;

/** What the given orders hold, of the files that their vendors list now. */
export async function contentsOfOrders(
  tx: TenantTransaction,
  organisationId: string,
  orderIds: string[],
): Promise<Map<string, OrderContent>> {
  const scans = await tx.scan.findMany({
    where: { organisationId, orderId: { in: orderIds }, file: { removedAt: null } },
    select: { orderId: true, state: true, sha256: true, triangles: true, boundsMin: true, boundsMax: true },
  });
  const contents = new Map<string, OrderContent>();
  for (const { orderId, state, sha256, triangles, boundsMin, boundsMax } of scans) {
    const content = contents.get(orderId);
    if (content === null) continue;
    if (state !== "ready" || !sha256 || triangles === null) contents.set(orderId, null);
    else contents.set(orderId, [...(content ?? []), { sha256, triangles, boundsMin, boundsMax }]);
  }
  return contents;
}

/** The orders of other connections that hold a scan as large as one of these orders'. */
export async function ordersWithSuchScans(
  tx: TenantTransaction,
  organisationId: string,
  orderIds: string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT o.id
    FROM scans AS mine
    JOIN orders AS here ON here.id = mine.order_id
    JOIN scans AS theirs ON theirs.organisation_id = mine.organisation_id AND theirs.triangles = mine.triangles
    JOIN orders AS o ON o.id = theirs.order_id AND o.connection_id <> here.connection_id
    WHERE mine.organisation_id = ${organisationId}::uuid AND mine.order_id = ANY (${orderIds}::uuid[])
      AND mine.state = 'ready' AND theirs.state = 'ready'
    LIMIT 200`;
  return rows.map((row) => row.id);
}

/** True when both hold the very same scans, each as often, whatever their names are. */
export function isSameContent(a: ScanContent[], b: ScanContent[]): boolean {
  if (a.length !== b.length || a.length < FEWEST_SCANS) return false;
  const left = [...b];
  return a.every((scan) => {
    const at = left.findIndex((other) => isSameScan(scan, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function isSameScan(a: ScanContent, b: ScanContent): boolean {
  if (a.sha256 === b.sha256) return true;
  return a.triangles === b.triangles && isNear(a.boundsMin, b.boundsMin) && isNear(a.boundsMax, b.boundsMax);
}

function isNear(a: number[], b: number[]): boolean {
  return a.length === 3 && b.length === 3 && a.every((value, axis) => Math.abs(value - b[axis]!) <= SAME_MM);
}
