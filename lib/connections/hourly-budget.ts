import { createHash } from "node:crypto";
import { database } from "#lib/database/database.ts";
import { lockByName } from "#lib/database/lock-by-name.ts";
import type { Spending } from "#lib/vendors/vendor-session.ts";

type Limits = Record<Spending, number>;

/**
 * Calls that an account may make within any hour, counted among all processes (F12). They are counted by the minute, and a minute counts
 * until all of it is an hour old: however the vendor draws its hours, it never counts one too many.
 * @param account hashed before it is kept
 * @param at the time to count at; by default the database's own clock, which all processes share
 * @returns what {@link file://../vendors/vendor.ts VendorSession.spend} wants
 */
export function budgetOf(vendor: string, account: string, limits: Limits, at: () => Date | null = () => null) {
  const key = createHash("sha256")
    .update(JSON.stringify([vendor, account]))
    .digest("base64url");
  return async function spend(what: Spending): Promise<number> {
    const kinds: Spending[] = what === "upload" ? ["call", "upload"] : ["call"];
    return database().$transaction(async (tx) => {
      await lockByName(tx, `vendor budget ${key}`);
      const [clock] = await tx.$queryRaw<
        { now: Date }[]
      >`SELECT coalesce(${at()}::timestamptz, clock_timestamp()) AS now`;
      const now = clock!.now;
      const rows = await tx.$queryRaw<{ kind: string; minute: Date; n: number }[]>`
        SELECT kind, minute, n FROM vendor_budgets WHERE key = ${key} AND minute > ${now}::timestamptz - interval '61 minutes'`;
      const waits = kinds.map((kind) =>
        waitFor(
          rows.filter((row) => row.kind === kind),
          limits[kind],
          now,
        ),
      );
      const waitMs = Math.max(...waits);
      if (waitMs > 0) return waitMs;
      for (const kind of kinds)
        await tx.$executeRaw`
          INSERT INTO vendor_budgets AS b (key, kind, minute, n) VALUES (${key}, ${kind}, date_trunc('minute', ${now}::timestamptz), 1)
          ON CONFLICT (key, kind, minute) DO UPDATE SET n = b.n + 1`;
      return 0;
    });
  };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** ms until enough minutes have passed out of the hour for one more; 0 when there is room now. */
function waitFor(rows: readonly { minute: Date; n: number }[], limit: number, now: Date): number {
  let over = rows.reduce((sum, { n }) => sum + n, 0) + 1 - limit;
  const oldestFirst = [...rows].sort((a, b) => a.minute.getTime() - b.minute.getTime());
  for (const { minute, n } of oldestFirst) {
    if (over <= 0) break;
    over -= n;
    if (over <= 0) return Math.max(1, minute.getTime() + MINUTE_MS + HOUR_MS - now.getTime());
  }
  return 0;
}
