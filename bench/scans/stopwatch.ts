const RUNS = 5;

const byTheWall = () => performance.now();

/** What this thread has computed so far, ms: for work on one thread alone, which a busy machine then does not falsify. */
export const byTheThread = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Runs both in turn, several times, and takes the best of each: what else the machine does only ever adds time. ms */
export async function compare(
  ours: () => unknown,
  theirs: () => unknown,
  clock = byTheWall,
): Promise<[ours: number, theirs: number]> {
  let best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < RUNS; i++) {
    best = [Math.min(best[0], await stopwatch(ours, clock)), Math.min(best[1], await stopwatch(theirs, clock))];
  }
  return best;
}

async function stopwatch(action: () => unknown, clock: () => number): Promise<number> {
  const start = clock();
  await action();
  return clock() - start;
}
