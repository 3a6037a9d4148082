import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { POST as accept } from "#app/api/orders/[id]/accept/route.ts";
import { GET as list } from "#app/api/orders/route.ts";
import { createApiKey } from "#lib/access/create-api-key.ts";
import type { Principal } from "#lib/access/principal.ts";
import { listen } from "#lib/events/listen.ts";
import { checkReadiness } from "#lib/health/check-readiness.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

const ORDERS = 250;
const MOST_AWAY_MS = 2_500;
/** F48: healthy at most this long after the database is back, ms. */
const HEALTHY_MS = 10_000;

/** PostgreSQL as this process sees it: a door that can be shut and opened while the server behind it keeps its address. */
class Door {
  readonly port: number;
  private readonly target: URL;
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;

  constructor(target: URL, port: number) {
    this.target = target;
    this.port = port;
  }

  async open(): Promise<void> {
    const server = createServer((inside) => {
      const outside = connect(Number(this.target.port), this.target.hostname);
      for (const [from, to] of [
        [inside, outside],
        [outside, inside],
      ] as const) {
        this.sockets.add(from);
        from.pipe(to);
        from.on("error", () => to.destroy());
        from.on("close", () => {
          this.sockets.delete(from);
          to.destroy();
        });
      }
    });
    this.server = server.listen(this.port, "127.0.0.1");
    await once(server, "listening");
  }

  async shut(): Promise<void> {
    const closed = this.server && once(this.server, "close");
    this.server?.close();
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }
}

let db: TestDatabase;
let door: Door;
let key: string;
let organisationId: string;
let lab: Principal;

beforeAll(async () => {
  db = await createTestDatabase();
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  const target = new URL(db.url);
  door = new Door(target, port);
  await door.open();
  const url = new URL(db.url);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  process.env.DATABASE_URL = url.href;
  lab = await makePrincipal();
  organisationId = lab.organisationId;
  key = (await createApiKey({ organisationId, userId: lab.userId, role: "technician", name: "robot" })).key;
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
  await door.shut();
});

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
const ask = (route: Route, method: string, path: string, params: Record<string, string> = {}) =>
  route(
    new Request(`http://localhost:3000/api${path}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(method === "GET" ? {} : { body: "{}" }),
    }),
    { params: Promise.resolve(params) },
  );
const read = () => ask(list, "GET", "/orders?limit=1");

/** The server itself, past the door. */
async function behind<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  const client = new pg.Client({
    connectionString: inject("databaseServer").replace(/\/[^/]*$/, new URL(db.url).pathname),
  });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

describe("F48: PostgreSQL goes away and comes back", () => {
  it.each(faultSeeds())(
    "reads say when to try again, nothing that was acknowledged is lost, and all is well within seconds (seed %d)",
    async (seed) => {
      const chance = new Chance(seed);
      const awayMs = 300 + chance.below(MOST_AWAY_MS);
      const goesAfter = 5 + chance.below(40);
      const orderIds = await insertOrders(
        await makeConnection(lab),
        Array.from({ length: ORDERS }, () => ({})),
      );
      const acknowledged: string[] = [];
      const refused = new Set<number>();
      let isOver = false;
      const heard: string[] = [];
      const stopListening = listen(organisationId, ({ topic, id }) => void heard.push(`${topic} ${id}`));
      const left = [...orderIds];
      const writers = Array.from({ length: 4 }, async () => {
        while (!isOver && left.length > 0) {
          const id = left.pop()!;
          const answer = await ask(accept, "POST", `/orders/${id}/accept`, { id });
          if (answer.status === 202) acknowledged.push(id);
          else refused.add(answer.status);
          if (answer.status !== 503) continue;
          left.unshift(id);
          await pause(200); // a client that comes back, as Retry-After asks, only sooner
        }
      });
      await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(goesAfter);
      await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(0);

      await behind(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
      );
      await expect.poll(async () => (await read()).status, { timeout: HEALTHY_MS }).toBe(200);

      await door.shut();
      const goneAt = performance.now();
      const away = await read();
      expect(away.status).toBe(503);
      expect(Number(away.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await away.json()).toMatchObject({ code: "database_unavailable" });
      expect(await checkReadiness()).toMatchObject({ database: "away" });
      await expect.poll(() => performance.now() - goneAt, { timeout: awayMs * 2 + 5_000 }).toBeGreaterThan(awayMs);
      const duringOutage = acknowledged.length;

      await door.open();
      const backAt = performance.now();
      await expect.poll(async () => (await read()).status, { timeout: HEALTHY_MS, interval: 100 }).toBe(200);
      expect(performance.now() - backAt).toBeLessThan(HEALTHY_MS);
      expect(await checkReadiness()).toEqual({ database: "ok", queue: "ok" });
      await expect.poll(() => acknowledged.length, { timeout: HEALTHY_MS }).toBeGreaterThan(duringOutage);
      const before = heard.length;
      await expect.poll(() => heard.length, { timeout: HEALTHY_MS }).toBeGreaterThan(before);
      isOver = true;
      await Promise.all(writers);
      stopListening();

      expect([...refused].filter((status) => status !== 503 && status !== 409)).toEqual([]);
      const stored = await behind<{ order_id: string; n: number; jobs: number }>(`
      SELECT d.order_id, count(*)::int AS n,
        (SELECT count(*)::int FROM jobs.job AS j WHERE j.data ->> 'decisionId' = min(d.id::text)) AS jobs
      FROM decisions AS d GROUP BY 1`);
      const kept = new Map(stored.map((row) => [row.order_id, row]));
      for (const id of acknowledged) expect(kept.get(id)).toMatchObject({ n: 1, jobs: 1 });
      for (const { n, jobs } of stored) expect([n, jobs]).toEqual([1, 1]);
    },
    60_000,
  );
});
