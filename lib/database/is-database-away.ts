/** Codes of sockets, PostgreSQL (SQLSTATE) and Prisma that mean "not now" rather than "never". */
const NOT_NOW = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "08000", // connection exception, and its kinds
  "08003",
  "08006",
  "40001", // could not serialise
  "40P01", // deadlock
  "53300", // too many connections
  "55P03", // lock not available
  "57014", // statement timeout
  "57P01", // the server is being shut down
  "57P02",
  "57P03", // or starting up
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024", // no connection of the pool became free
  "P2028", // no transaction could be begun, or it was ended
  "P2034", // deadlock or write conflict
]);
const KINDS = /Connection|Timeout|NotReachable|Closed|TransactionWriteConflict/;
/** What node-postgres says without a code when its connection is gone. */
const WORDS =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** True when a failure says that the database is away or too busy: the same request may succeed in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  const seen = new Set<unknown>();
  for (let e = error; typeof e === "object" && e !== null && !seen.has(e); e = deeper(e)) {
    seen.add(e);
    const { code, originalCode, kind, message } = e as Record<string, unknown>;
    if ([code, originalCode].some((one) => typeof one === "string" && NOT_NOW.has(one))) return true;
    if (typeof kind === "string" && KINDS.test(kind)) return true;
    if (e instanceof Error && typeof message === "string" && WORDS.test(message)) return true;
  }
  return false;
}

/** Prisma keeps what its driver said beside the error, not as its cause. */
function deeper(error: object): unknown {
  const { cause, meta } = error as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
  return cause ?? meta?.driverAdapterError;
}
