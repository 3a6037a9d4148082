const RUNS = 5;
/** The system counts a thread's time in ticks of 4 ms: in so many rounds one after the other a tick is little. */
const ROUNDS_OF_A_THREAD = 4;

type Clock = () => number;

const byTheWall: Clock = () => performance.now();

/** What this thread has computed so far, ms. */
const byTheThread: Clock = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Runs both in turn, several times, and takes the best of each: what else the machine does only ever adds time. ms */
export function compare(ours: () => unknown, theirs: () => unknown): Promise<[ours: number, theirs: number]> {
  return compareRounds(ours, theirs, byTheWall, 1);
}

/** The same for work on one thread alone, by what that thread has computed: a busy machine then does not falsify it. ms */
export function compareThread(ours: () => unknown, theirs: () => unknown): Promise<[ours: number, theirs: number]> {
  return compareRounds(ours, theirs, byTheThread, ROUNDS_OF_A_THREAD);
}

async function compareRounds(
  ours: () => unknown,
  theirs: () => unknown,
  clock: Clock,
  rounds: number,
): Promise<[ours: number, theirs: number]> {
  let best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < RUNS; run++) {
    best = [
      Math.min(best[0], await stopwatch(ours, clock, rounds)),
      Math.min(best[1], await stopwatch(theirs, clock, rounds)),
    ];
  }
  return best;
}

/** @returns ms of one round */
async function stopwatch(action: () => unknown, clock: Clock, rounds: number): Promise<number> {
  const start = clock();
  for (let round = 0; round < rounds; round++) await action();
  return (clock() - start) / rounds;
}
