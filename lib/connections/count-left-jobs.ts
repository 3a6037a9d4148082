import { z } from "zod";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { LEFT } from "#lib/jobs/left-jobs.ts";

const id = z.uuid().optional().catch(undefined);
/** What a job may name, whatever else a version that nobody here knows wrote into it. */
const subjectSchema = z.looseObject({ connectionId: id, orderId: id, decisionId: id, scanId: id, uploadId: id });
/** As many are told apart; there are never so many but by a mistake. */
const MOST = 500;

/** How many jobs of each connection wait for a version that understands them. Almost always none: one question. */
export async function countLeftJobs(tx: TenantTransaction, organisationId: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const rows = await tx.$queryRaw<{ data: unknown }[]>`
    SELECT data FROM jobs.job
    WHERE state < 'active' AND group_id = ${LEFT} AND data->>'organisationId' = ${organisationId} LIMIT ${MOST}`;
  for (const { data } of rows) {
    const subject = subjectSchema.safeParse(data);
    const connectionId = subject.success ? await connectionOf(tx, organisationId, subject.data) : undefined;
    if (connectionId) counts.set(connectionId, (counts.get(connectionId) ?? 0) + 1);
  }
  return counts;
}

async function connectionOf(
  tx: TenantTransaction,
  organisationId: string,
  { connectionId, orderId, decisionId, scanId, uploadId }: z.output<typeof subjectSchema>,
): Promise<string | undefined> {
  if (connectionId) return connectionId;
  const upload = uploadId && (await tx.upload.findFirst({ where: { id: uploadId, organisationId } }));
  const about = [
    orderId && { id: orderId },
    upload && { id: upload.orderId },
    decisionId && { decisions: { some: { id: decisionId } } },
    scanId && { scans: { some: { id: scanId } } },
  ].filter((one) => typeof one === "object" && one !== null);
  if (about.length === 0) return undefined;
  const order = await tx.order.findFirst({ where: { organisationId, OR: about }, select: { connectionId: true } });
  return order?.connectionId;
}
