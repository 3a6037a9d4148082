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

/**
 * Several prepared statements with one Sync behind the last of them: they are one transaction, the first that fails undoes all
 * and stops the rest, and the database answers once instead of once for each.
 */
export class TripQuery extends pg.Query {
  readonly #statements: readonly Statement[];

  constructor(statements: readonly Statement[], done: (error: Error | null, rows: unknown[][]) => void) {
    super({ text: "-- a trip" }, (error, results) => {
      const all = (Array.isArray(results) ? results : [results]) as unknown as pg.QueryResult[];
      done(error ?? null, error ? [] : all.map(({ rows }) => rows));
    });
    this.#statements = statements;
    this.submit = (connection) => this.#send(connection as unknown as Wire);
  }

  /** @returns null as the driver wants it: nothing was wrong with the statements before they left */
  #send(wire: Wire): null {
    for (const { name, text, values } of this.#statements) {
      if (!wire.parsedStatements[name]) wire.parse({ name, text });
      wire.parsedStatements[name] = text; // a connection on which anything fails is not used again
      wire.bind({ portal: "", statement: name, values, valueMapper: toWire });
      wire.describe({ type: "P", name: "" });
      wire.execute({ portal: "" });
    }
    wire.sync();
    return null;
  }
}

/** Bytes as they are, lists as the database's own arrays, everything else as text. */
function toWire(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(String(item))).join()}}`;
  return String(value);
}
