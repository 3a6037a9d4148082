import { database } from "#lib/database/database.ts";
import { AppError } from "#lib/errors.ts";

/** From one place against one account; against one account from anywhere; from one place against anybody. */
const LIMITS = {
  "sign-in-account-place": { points: 10, seconds: 15 * 60 },
  "sign-in-account": { points: 100, seconds: 60 * 60 },
  "sign-in-place": { points: 100, seconds: 15 * 60 },
  "one-time-token": { points: 20, seconds: 15 * 60 },
  "password-reset": { points: 5, seconds: 60 * 60 },
  /** Signing in at a vendor with a password: most vendors lock an account after a handful (F04). */
  "vendor-sign-in": { points: 5, seconds: 60 * 60 },
} as const;

/**
 * Counts one attempt in a fixed window shared by all processes: one statement, so two attempts never count as one.
 * The caller hashes keys that are personal.
 * @throws {AppError} too_many_attempts with the seconds to wait
 */
export async function limitAttempts(limit: keyof typeof LIMITS, key: string): Promise<void> {
  const { points, seconds } = LIMITS[limit];
  const [row] = await database().$queryRaw<{ points: number; wait: number }[]>`
    INSERT INTO rate_limits AS r (key, points, expire) VALUES (${`${limit}:${key}`}, 1, now() + make_interval(secs => ${seconds}))
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN r.expire <= now() THEN 1 ELSE r.points + 1 END,
      expire = CASE WHEN r.expire <= now() THEN excluded.expire ELSE r.expire END
    RETURNING points, ceil(extract(epoch FROM expire - now()))::int AS wait`;
  if (!row || row.points <= points) return;
  throw new AppError("too_many_attempts", limit, {
    retryAfter: row.wait,
    facts: { seconds: row.wait, minutes: Math.ceil(row.wait / 60) },
  });
}

/** Forgets the attempts of one key: whoever knows the password is no guesser. */
export async function forgetAttempts(limit: keyof typeof LIMITS, key: string): Promise<void> {
  await database().$executeRaw`DELETE FROM rate_limits WHERE key = ${`${limit}:${key}`}`;
}

/** Takes one attempt back: it was no guess, and others from the same place should not pay for it. */
export async function returnAttempt(limit: keyof typeof LIMITS, key: string): Promise<void> {
  await database()
    .$executeRaw`UPDATE rate_limits SET points = points - 1 WHERE key = ${`${limit}:${key}`} AND points > 0`;
}
