import { isDatabaseAway } from "#lib/database/is-database-away.ts";

const TIMED_OUT = /connection timeout|timeout exceeded when trying to connect|Unable to start a transaction/i;

/**
 * Tries once more to begin what could not begin because connecting took too long. A process that has just started stands still for
 * seconds while it loads itself: its timers go off before it has looked at the answers that are there (F52). Nothing was sent by then.
 */
export async function connectAgain<T>(begin: () => Promise<T>, hasBegun: () => boolean): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    if (hasBegun() || !hasTimedOut(error) || !isDatabaseAway(error)) throw error;
    return await begin();
  }
}

function hasTimedOut(error: unknown): boolean {
  for (let e = error, depth = 0; e instanceof Error && depth < 5; e = e.cause, depth++)
    if (TIMED_OUT.test(e.message)) return true;
  return false;
}
