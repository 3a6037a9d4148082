import type { TenantTransaction } from "#lib/database/with-organisation.ts";

export type Announcement = { organisationId: string; topic: "order" | "connection" | "decision" | "scan"; id: string };

/** The PostgreSQL channel that carries announcements between processes. */
export const CHANNEL = "casebench";

/** Tells every open page of the organisation that something changed, once the transaction commits. Ids only. */
export async function announce(tx: TenantTransaction, announcement: Announcement): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(announcement)})`;
}
