import { setTimeout as sleep } from "node:timers/promises";
import { onlyOneRun } from "#lib/connections/only-one-run.ts";
import { AppError } from "#lib/errors.ts";

/** How long somebody waits for another one's filing, ms; the slowest keys allow one call per 5 s. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 250;

/**
 * Does one thing at a time to an order's chart, among all processes: filing, taking back, the lab case.
 * @throws {AppError} filing_in_progress when the other one takes too long
 */
export async function whenFree<T>(orderId: string, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  let done: { value: T } | undefined;
  const attempt = () =>
    onlyOneRun(`chart of order ${orderId}`, async () => {
      done = { value: await work() };
    });
  while (!(await attempt())) {
    if (performance.now() > deadline) throw new AppError("filing_in_progress");
    await sleep(LOOK_EVERY_MS * (1 + Math.random()));
  }
  if (!done) throw new AppError("filing_in_progress");
  return done.value;
}
