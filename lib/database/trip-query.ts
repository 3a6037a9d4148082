import pg from "pg";

/** A prepared statement: the database plans it once per connection. `name` stands for this one text, always. */
export type Statement = { name: string; text: string; values: unknown[] };

/** What the driver's connection does with the wire protocol's messages (PostgreSQL 18, §54.2.3), and what it has sent. */
type Wire = {
  parse(message: { name: string; text: string }): void;
  bind(message: {
    portal: string;
    statement: string;
    values: unknown[];
    valueMapper: (value: unknown) => unknown;
  }): void;
  describe(message: { type: "P"; name: string }): void;
  execute(message: { portal: string }): void;
  sync(): void;
  parsedStatements: Record<string, string>;
};

/** Statements that a connection was told for the first time in a trip whose end is not known yet. */
const untold = new WeakMap<Wire, Set<string>>();

/**
 * Several prepared statements with one Sync behind the last of them: they are one transaction, the first that fails undoes all
 * and stops the rest, and the database answers once instead of once for each. A connection on which anything failed is not to be
 * used again, but for trips that are on it already: they count on no statement that only a failed one may have told it.
 */
export class TripQuery extends pg.Query {
  constructor(statements: readonly Statement[], done: (error: Error | null, rows: unknown[][]) => void) {
    let settleNames: () => void = () => {};
    super({ text: "-- a trip" }, (error, results) => {
      if (!error) settleNames();
      const all = (Array.isArray(results) ? results : [results]) as unknown as pg.QueryResult[];
      done(error ?? null, error ? [] : all.map(({ rows }) => rows));
    });
    this.submit = (connection) => {
      settleNames = send(connection as unknown as Wire, statements);
      return null; // as the driver wants it: nothing was wrong with the statements before they left
    };
  }
}

/** @returns what is to be done once all have succeeded */
function send(wire: Wire, statements: readonly Statement[]): () => void {
  const waiting = untold.get(wire) ?? new Set<string>();
  untold.set(wire, waiting);
  const told: Statement[] = [];
  for (const statement of statements) {
    const { name, text, values } = statement;
    const known = wire.parsedStatements[name] !== undefined;
    const isFirst = !known && !waiting.has(name);
    const calledAs = known || isFirst ? name : "";
    if (!known) wire.parse({ name: calledAs, text });
    if (isFirst) {
      waiting.add(name);
      told.push(statement);
    }
    wire.bind({ portal: "", statement: calledAs, values, valueMapper: toWire });
    wire.describe({ type: "P", name: "" });
    wire.execute({ portal: "" });
  }
  wire.sync();
  return () => {
    for (const { name, text } of told) {
      wire.parsedStatements[name] = text;
      waiting.delete(name);
    }
  };
}

/** Bytes as they are, lists as the database's own arrays, everything else as text. */
function toWire(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(String(item))).join()}}`;
  return String(value);
}
