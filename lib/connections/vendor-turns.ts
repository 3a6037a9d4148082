import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { database } from "#lib/database/database.ts";
import { VendorError } from "#lib/vendors/error.ts";

/** Longer than a call may take (lib/vendors/deadlines.ts): a holder that died blocks a key no longer than this. */
const LEASE_SECONDS = 80;
/** How long a caller waits for its turn, ms. */
const PATIENCE_MS = 45_000;
/** How often a busy key is looked at again, ms. */
const LOOK_EVERY_MS = 200;

/** Callers of this process stand in one line per key: only the first of them asks the database. */
const lines = new Map<string, Promise<unknown>>();

/**
 * Turns at a vendor that counts calls per key (F12): one call at a time among all processes, and a pause between the end of one and
 * the beginning of the next, so that whatever the network does the vendor never counts one too many.
 * @param credential hashed before it is kept
 * @param pauseMs between two calls
 * @returns what {@link file://../vendors/vendor.ts VendorSession.inTurn} wants
 */
export function turnsOf(vendor: string, credential: string, pauseMs: number) {
  const key = createHash("sha256")
    .update(JSON.stringify([vendor, credential]))
    .digest("base64url");
  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = lines.get(key) ?? Promise.resolve();
    const mine = before.then(() => takeTurn(vendor, key, pauseMs, work));
    const settled = mine.catch(() => {});
    lines.set(key, settled);
    settled.then(() => lines.get(key) === settled && lines.delete(key));
    return mine;
  };
}

async function takeTurn<T>(vendor: string, key: string, pauseMs: number, work: () => Promise<T>): Promise<T> {
  const holder = randomUUID();
  const deadline = performance.now() + PATIENCE_MS;
  for (let waitMs = await tryTurn(key, holder); waitMs > 0; waitMs = await tryTurn(key, holder)) {
    if (performance.now() > deadline)
      throw new VendorError("rate_limited", vendor, "waited too long for a turn", {
        retryAfterMs: waitMs,
        noEffect: true,
      });
    await sleep(Math.min(waitMs, LOOK_EVERY_MS) * (1 + Math.random() / 10));
  }
  try {
    return await work();
  } finally {
    await database().$executeRaw`
      UPDATE vendor_turns SET free_at = clock_timestamp() + make_interval(secs => ${pauseMs / 1000}::float8)
      WHERE key = ${key} AND holder = ${holder}`;
  }
}

/** One statement decides. @returns 0 when the turn is ours, else ms until it may be free */
async function tryTurn(key: string, holder: string): Promise<number> {
  const taken = await database().$executeRaw`
    INSERT INTO vendor_turns AS t (key, holder, free_at)
    VALUES (${key}, ${holder}, clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}))
    ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, free_at = excluded.free_at
      WHERE t.free_at <= clock_timestamp()`;
  if (taken === 1) return 0;
  const [row] = await database().$queryRaw<{ ms: number }[]>`
    SELECT greatest(extract(epoch FROM free_at - clock_timestamp()) * 1000, 1)::float8 AS ms FROM vendor_turns
    WHERE key = ${key}`;
  return row?.ms ?? 1;
}
