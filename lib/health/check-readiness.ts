import { database } from "#lib/database/database.ts";

export type Check = "ok" | "away";

/** What a web process needs to serve: each part by name. Answers within 2 s. */
export async function checkReadiness(): Promise<{ database: Check; queue: Check }> {
  const [databaseCheck, queue] = await Promise.all([
    within(2_000, database().$queryRaw`SELECT 1 FROM organisations LIMIT 1`),
    within(2_000, database().$queryRaw`SELECT 1 FROM jobs.queue LIMIT 1`),
  ]);
  return { database: databaseCheck, queue };
}

async function within(ms: number, work: Promise<unknown>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve("away"), ms);
  });
  try {
    return await Promise.race([work.then((): Check => "ok").catch((): Check => "away"), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
