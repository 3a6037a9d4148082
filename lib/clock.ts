/** Where time comes from: passed in wherever it matters, so that tests need no timers. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
