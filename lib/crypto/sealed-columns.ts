/** Runs one statement as the tables' owner. */
export type Query = <T>(sql: string, ...values: unknown[]) => Promise<T[]>;

/** A column of sealed values: its rows are named by `id` and `organisation_id`, and both are bound into each value. */
export type SealedColumn = { table: string; column: string };

/** Every column of that kind, by its name: one that is added later is found without being named here. */
export async function sealedColumns(query: Query): Promise<SealedColumn[]> {
  return query<SealedColumn>(`
    SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns AS c
    WHERE c.table_schema = 'public' AND c.data_type = 'bytea' AND c.column_name LIKE '%\\_sealed'
      AND (SELECT count(*) FROM information_schema.columns AS own
           WHERE own.table_schema = 'public' AND own.table_name = c.table_name
             AND own.column_name IN ('id', 'organisation_id')) = 2
    ORDER BY 1, 2`);
}
