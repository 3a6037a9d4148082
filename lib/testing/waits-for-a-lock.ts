import { database } from "#lib/database/database.ts";

/** Whether a transaction in the test's database waits for what another one holds. */
export async function waitsForALock(): Promise<boolean> {
  const [row] = await database().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row!.n > 0;
}
