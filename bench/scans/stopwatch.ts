const RUNS = 5;

/** Runs both in turn, several times, and takes the best of each: what else the machine does only ever adds time. ms */
export async function compare(ours: () => unknown, theirs: () => unknown): Promise<[ours: number, theirs: number]> {
  let best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < RUNS; i++) {
    best = [Math.min(best[0], await stopwatch(ours)), Math.min(best[1], await stopwatch(theirs))];
  }
  return best;
}

async function stopwatch(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
