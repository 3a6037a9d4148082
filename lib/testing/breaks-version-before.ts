const TAKES_AWAY = /^DROP\s+(TABLE|FUNCTION|VIEW|TYPE|SCHEMA|COLUMN)\b|^RENAME\b/i;
const NARROWS = /^ALTER\s+COLUMN\s+\S+\s+(TYPE|SET\s+DATA\s+TYPE|SET\s+NOT\s+NULL|DROP\s+DEFAULT)\b/i;
const UNIQUE = /^CREATE\s+UNIQUE\s+INDEX\b|^ADD\s+(CONSTRAINT\s+\S+\s+)?(UNIQUE|PRIMARY\s+KEY|EXCLUDE)\b/i;

/**
 * What of a migration a version that is still running beside it could not live with (docs/operations.md, Changing the schema):
 * something it reads is gone or means something else, or a row as it writes them is refused. Tables that the migration makes are its own.
 * @param before the SQL of all migrations before it
 * @returns the clauses
 */
export function breaksVersionBefore(sql: string, before = ""): string[] {
  const own = new Set(
    [...sql.matchAll(/CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)/gi)].map((match) => match[1]),
  );
  const added = [...sql.matchAll(/ADD\s+COLUMN\s+("\w+")/gi)].map((match) => match[1]!);
  return clausesOf(sql)
    .filter(({ table }) => !own.has(table ?? ""))
    .map(({ clause }) => clause)
    .filter(
      (clause) =>
        TAKES_AWAY.test(clause) ||
        NARROWS.test(clause) ||
        UNIQUE.test(clause) ||
        /^ADD\s+COLUMN\b(?=.*\bNOT\s+NULL\b)(?!.*\bDEFAULT\b)/is.test(clause) ||
        (/^ADD\s+CONSTRAINT\b/i.test(clause) &&
          !added.some((column) => clause.includes(column)) &&
          !widens(clause, before)),
    );
}

/** Statements, and of ALTER TABLE each thing it does, with the table where it names one. */
function clausesOf(sql: string): { table: string | null; clause: string }[] {
  const statements = sql.replace(/--[^\n]*/g, "").split(";");
  return statements.flatMap((text) => {
    const statement = text.trim();
    const altered = /^ALTER\s+TABLE\s+(?:ONLY\s+)?"?(\w+)"?\s+(.*)$/is.exec(statement);
    if (!altered) return [{ table: /^CREATE\s.*?\sON\s+"?(\w+)/is.exec(statement)?.[1] ?? null, clause: statement }];
    const clauses = altered[2]!.split(/,\s*(?=(?:ADD|DROP|ALTER|RENAME)\b)/i);
    return clauses.map((clause) => ({ table: altered[1]!, clause: clause.trim() }));
  });
}

/** A check by a name that there is takes its place; it must still take every word that the one before took. */
function widens(clause: string, before: string): boolean {
  const [, name, check] = /^ADD\s+CONSTRAINT\s+"?(\w+)"?\s+CHECK\s*(.*)$/is.exec(clause) ?? [];
  if (!name || !check) return false;
  const last = [...before.matchAll(new RegExp(`CONSTRAINT\\s+"?${name}"?\\s+CHECK\\s*([^;]*)`, "gi"))].at(-1)?.[1];
  const words = (text: string): string[] => text.match(/'[^']*'/g) ?? [];
  return last !== undefined && words(last).length > 0 && words(last).every((word) => words(check).includes(word));
}
