import pg from "pg";
import { requireDatabaseUrl } from "#lib/database/database-url.ts";
import { type Announcement, CHANNEL } from "#lib/events/announce.ts";
import { log } from "#lib/log/log.ts";

type Listener = (announcement: Announcement) => void;
type Hub = { listeners: Map<string, Set<Listener>>; connecting: Promise<void> | null };

const shared = globalThis as typeof globalThis & { casebenchEvents?: Hub };
const RETRY_MS = 1_000;

/**
 * Hears the announcements of one organisation until the returned function is called. One database connection per process
 * serves all listeners and is opened again when it breaks.
 */
export function listen(organisationId: string, listener: Listener): () => void {
  shared.casebenchEvents ??= { listeners: new Map(), connecting: null };
  const hub = shared.casebenchEvents;
  const group = hub.listeners.get(organisationId) ?? new Set();
  hub.listeners.set(organisationId, group.add(listener));
  hub.connecting ??= connect(hub);
  return () => {
    group.delete(listener);
    if (group.size === 0) hub.listeners.delete(organisationId);
  };
}

async function connect(hub: Hub): Promise<void> {
  const client = new pg.Client({
    connectionString: requireDatabaseUrl(),
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  const again = (err: unknown) => {
    client.removeAllListeners();
    client.on("error", () => {}); // a broken connection may report more than once
    void client.end().catch(() => {});
    log.warn({ err }, "announcements: connection lost, opening it again");
    setTimeout(() => {
      hub.connecting = connect(hub);
    }, RETRY_MS).unref();
  };
  client.on("error", again);
  client.on("notification", (message) => dispatch(hub, message.payload ?? ""));
  try {
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
  } catch (err) {
    again(err);
  }
}

function dispatch(hub: Hub, payload: string): void {
  const announcement = JSON.parse(payload) as Announcement;
  for (const listener of hub.listeners.get(announcement.organisationId) ?? []) listener(announcement);
}
