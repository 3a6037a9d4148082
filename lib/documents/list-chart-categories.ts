import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { requireMatch, withCharts } from "#lib/documents/chart-of-order.ts";
import type { ChartCategory } from "#lib/vendors/document-store.ts";

/** Folders of the chart that a paper of this order can be filed into, with the one that is proposed. @throws {AppError} chart_not_matched {VendorError} */
export async function listChartCategories(principal: Principal, orderId: string): Promise<{ items: ChartCategory[] }> {
  requirePermission(principal, "decide");
  const { connectionId } = await requireMatch(principal, orderId);
  return { items: await withCharts(principal, connectionId, (charts, session) => charts.categories(session)) };
}
