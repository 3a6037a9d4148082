import { withOrganisation } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";
import { log } from "#lib/log/log.ts";
import type { ExchangeReport } from "#lib/vendors/vendor-session.ts";

/** Counts are written together, this often at most, ms; a pause and a breaker that opens or closes are written at once. */
const WRITE_EVERY_MS = 5_000;

type Owner = { organisationId: string; connectionId: string };
type Tally = { calls: number; failures: number; breaker: ExchangeReport["breaker"]; isNew: boolean; writtenAt: number };

const tallies = new Map<string, Tally>();

function tallyOf({ connectionId }: Owner): Tally {
  let tally = tallies.get(connectionId);
  if (!tally) {
    const breaker = { state: "closed", nextTryAt: null } as const;
    tally = { calls: 0, failures: 0, breaker, isNew: true, writtenAt: performance.now() };
    tallies.set(connectionId, tally);
  }
  return tally;
}

/** Takes down how an exchange with a connection's vendor ended; see {@link writeExchanges}. */
export async function recordExchange(owner: Owner, exchange: ExchangeReport): Promise<void> {
  const tally = tallyOf(owner);
  tally.calls++;
  if (exchange.outcome === "failed") tally.failures++;
  if (tally.breaker.state !== exchange.breaker.state || tally.breaker.nextTryAt !== exchange.breaker.nextTryAt)
    tally.isNew = true;
  tally.breaker = exchange.breaker;
  if (exchange.pausedForMs > 0) await write(owner, tally, exchange.pausedForMs);
}

/** Writes what this process has taken down, when it is time to. Never fails: a call is not lost to its statistics. */
export async function writeExchanges(owner: Owner): Promise<void> {
  const tally = tallies.get(owner.connectionId);
  if (!tally || tally.calls === 0) return;
  if (tally.isNew || performance.now() - tally.writtenAt >= WRITE_EVERY_MS) await write(owner, tally, 0);
}

async function write({ organisationId, connectionId }: Owner, tally: Tally, pausedForMs: number): Promise<void> {
  const { calls, failures, breaker, isNew } = tally;
  Object.assign(tally, { calls: 0, failures: 0, isNew: false, writtenAt: performance.now() });
  const pauseSeconds = pausedForMs > 0 ? pausedForMs / 1000 : null;
  const retrySeconds = breaker.nextTryAt === null ? null : (breaker.nextTryAt - Date.now()) / 1000;
  try {
    await withOrganisation(organisationId, async (tx) => {
      await tx.$executeRaw`
        INSERT INTO connection_health AS h (connection_id, organisation_id, hour, calls, failures, paused_until, breaker,
          breaker_next_try_at)
        VALUES (${connectionId}::uuid, ${organisationId}::uuid, date_trunc('hour', now()), ${calls}, ${failures},
          now() + make_interval(secs => ${pauseSeconds}::float8), ${breaker.state},
          now() + make_interval(secs => ${retrySeconds}::float8))
        ON CONFLICT (connection_id) DO UPDATE SET
          earlier_calls = CASE h.hour WHEN EXCLUDED.hour THEN h.earlier_calls
            WHEN EXCLUDED.hour - interval '1 hour' THEN h.calls ELSE 0 END,
          earlier_failures = CASE h.hour WHEN EXCLUDED.hour THEN h.earlier_failures
            WHEN EXCLUDED.hour - interval '1 hour' THEN h.failures ELSE 0 END,
          calls = CASE h.hour WHEN EXCLUDED.hour THEN h.calls ELSE 0 END + EXCLUDED.calls,
          failures = CASE h.hour WHEN EXCLUDED.hour THEN h.failures ELSE 0 END + EXCLUDED.failures,
          hour = EXCLUDED.hour, paused_until = greatest(h.paused_until, EXCLUDED.paused_until),
          breaker = EXCLUDED.breaker, breaker_next_try_at = EXCLUDED.breaker_next_try_at`;
      if (isNew || pauseSeconds !== null) await announce(tx, { organisationId, topic: "connection", id: connectionId });
    });
  } catch (err) {
    log.warn({ connectionId, err }, "connection: health not written");
  }
}
