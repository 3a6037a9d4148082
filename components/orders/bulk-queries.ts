import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import type { BulkResult } from "#lib/bulk/bulk-schema.ts";
import type { DecideBody, DecisionKind } from "#lib/orders/order-schema.ts";

/** Orders per request: small enough that the bar moves. */
const CHUNK = 10;
/** Orders per preview, which only reads. */
const PREVIEW_CHUNK = 100;

export type BulkWork =
  | ({ action: DecisionKind } & DecideBody)
  | { action: "assign"; assigneeId: string | null }
  | { action: "tag"; tags: string[] };

/** What each of the orders allows, asked before anything is done. */
export const bulkPreviewQuery = (action: DecisionKind, orderIds: readonly string[]) =>
  queryOptions({
    queryKey: ["bulk", action, orderIds.join()],
    queryFn: async () => {
      const answers: BulkResult[] = [];
      for (const part of chunks(orderIds, PREVIEW_CHUNK)) {
        const body = { action, orderIds: part, preview: true };
        answers.push(...(await fetchApi<{ items: BulkResult[] }>("/api/orders/bulk", { method: "POST", body })).items);
      }
      return answers;
    },
    staleTime: 0,
    gcTime: 0,
  });

/**
 * Does it part by part and reports each result as it comes. The key makes a part that is sent again the same part: whoever presses
 * once more after a lost connection asks for nothing twice.
 * @throws {Problem} when a part could not be sent; those before are done
 */
export async function actOnMany(
  work: BulkWork,
  orderIds: readonly string[],
  idempotencyKey: string,
  onResults: (results: BulkResult[]) => void,
): Promise<void> {
  for (const part of chunks(orderIds, CHUNK)) {
    const { items } = await fetchApi<{ items: BulkResult[] }>("/api/orders/bulk", {
      method: "POST",
      body: { ...work, orderIds: part },
      idempotencyKey,
    });
    onResults(items);
  }
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
