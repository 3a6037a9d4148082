import { database } from "#lib/database/database.ts";
import { log } from "#lib/log/log.ts";

/** Where something was found that belongs nowhere but under seal. */
export type CanaryHit = { canary: string; place: string; around: string };

/** Words that were pushed through the portal and must come out nowhere: names, files, tokens, addresses. */
export class Canaries {
  private readonly words = new Map<string, string>();

  /** @param kind what it is, for the report @param words shorter ones would be found by chance */
  add(kind: string, ...words: (string | null | undefined)[]): void {
    for (const word of words) if (word && word.length >= 8 && !this.words.has(word)) this.words.set(word, kind);
  }

  kinds(): string[] {
    return [...new Set(this.words.values())].sort();
  }

  /** Looks for each word as it is, as JSON and addresses write it, and as the bytes of a column. */
  findIn(place: string, text: string): CanaryHit[] {
    const small = text.toLowerCase();
    const hits: CanaryHit[] = [];
    for (const [word, kind] of this.words)
      for (const form of formsOf(word)) {
        const at = small.indexOf(form.toLowerCase());
        if (at < 0) continue;
        hits.push({ canary: kind, place, around: text.slice(Math.max(0, at - 60), at + 20) });
        break;
      }
    return hits;
  }
}

function formsOf(word: string): Set<string> {
  const bytes = Buffer.from(word, "utf8");
  return new Set([
    word,
    JSON.stringify(word).slice(1, -1),
    encodeURIComponent(word),
    bytes.toString("base64").replace(/=+$/, "").slice(0, -2),
    bytes.toString("hex"),
  ]);
}

/** Everything that this process logs from now on, at the finest level, and what it prints. Ends with `stop`. */
export function recordLog(): { text: () => string; stop: () => void } {
  const lines: string[] = [];
  const stream = Object.getOwnPropertySymbols(log).find((symbol) => symbol.description === "pino.stream");
  if (!stream) throw new Error("the log has no stream to listen at");
  const before = { level: log.level, sink: Reflect.get(log, stream) as unknown };
  Reflect.set(log, stream, { write: (line: string) => void lines.push(line) });
  log.level = "trace";
  const outlets = [process.stdout, process.stderr].map((outlet) => {
    const write = outlet.write;
    outlet.write = ((chunk: unknown, ...rest: unknown[]) => {
      lines.push(String(chunk));
      return Reflect.apply(write, outlet, [chunk, ...rest]) as boolean;
    }) as typeof outlet.write;
    return () => {
      outlet.write = write;
    };
  });
  return {
    text: () => lines.join("\n"),
    stop: () => {
      Reflect.set(log, stream, before.sink);
      log.level = before.level;
      for (const restore of outlets) restore();
    },
  };
}

/** Every row of every table of ours and of the queue, as text; bytes as hexadecimal digits. */
export async function dumpDatabase(): Promise<{ table: string; text: string }[]> {
  const tables = await database().$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'jobs') AND c.relkind = 'r' ORDER BY 1`;
  const dumps: { table: string; text: string }[] = [];
  for (const { name } of tables) {
    const rows = await database().$queryRawUnsafe<{ row: string }[]>(
      `SELECT to_jsonb(t)::text AS row FROM ${name} AS t`,
    );
    dumps.push({ table: name, text: rows.map(({ row }) => row).join("\n") });
  }
  return dumps;
}
