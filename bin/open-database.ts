import { setTimeout as delay } from "node:timers/promises";
import type { Env } from "#lib/env.ts";
import { applyMigrations } from "./apply-migrations.ts";
import { DataDirInUseError, findRunningDatabase, startEmbeddedDatabase } from "./embedded-database.ts";

export type OpenDatabase = { url: string; close: () => Promise<void> };

/**
 * The database of these settings for one command: DATABASE_URL, else the embedded server that `npm start` has running, else
 * that server started for as long as the command takes. The schema is up to date afterwards.
 */
export async function openDatabase(settings: Env): Promise<OpenDatabase> {
  const open = settings.DATABASE_URL
    ? { url: settings.DATABASE_URL, close: async () => {} }
    : await openEmbedded(settings);
  try {
    await applyMigrations(open.url);
    return open;
  } catch (error) {
    await open.close();
    throw error;
  }
}

async function openEmbedded(settings: Env): Promise<OpenDatabase> {
  // Another command may have it open for a moment, or `npm start` be in the middle of starting it.
  for (const deadline = Date.now() + 30_000; ; await delay(200)) {
    const running = await findRunningDatabase(settings.DATA_DIR);
    if (running) return { url: running, close: async () => {} };
    try {
      const { url, stop } = await startEmbeddedDatabase(settings.DATA_DIR, { what: "npm run portal" });
      return { url, close: stop };
    } catch (error) {
      if (!(error instanceof DataDirInUseError) || Date.now() > deadline) throw error;
    }
  }
}
