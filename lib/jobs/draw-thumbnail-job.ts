import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { drawThumbnail } from "#lib/scans/draw-thumbnail.ts";

export async function runDrawThumbnail({ organisationId, orderId }: JobPayload<"draw-thumbnail">): Promise<void> {
  await drawThumbnail(organisationId, orderId);
}
