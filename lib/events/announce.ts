import type { TenantTransaction } from "#lib/database/with-organisation.ts";

export type Announcement = { organisationId: string; topic: "order" | "connection" | "decision" | "scan"; id: string };

/** The PostgreSQL channel that carries announcements between processes. */
export const CHANNEL = "casebench";

/** Tells every open page of the organisation that something changed, once the transaction commits. Ids only. */
export async function announce(tx: TenantTransaction, announcement: Announcement): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(announcement)})`;
}

/** Many announcements with one statement. */
export async function announceAll(tx: TenantTransaction, announcements: readonly Announcement[]): Promise<void> {
  if (announcements.length === 0) return;
  const payloads = announcements.map((announcement) => JSON.stringify(announcement));
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, payload) FROM unnest(${payloads}::text[]) AS payload`;
}
