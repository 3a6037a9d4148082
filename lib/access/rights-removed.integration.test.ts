import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as events } from "#app/api/events/route.ts";
import { POST as accept } from "#app/api/orders/[id]/accept/route.ts";
import { GET as download } from "#app/api/orders/[id]/download/route.ts";
import { GET as list } from "#app/api/orders/route.ts";
import { createApiKey } from "#lib/access/create-api-key.ts";
import { changeRole, removeMember } from "#lib/access/members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { addPrincipal, insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

/** F58: from the change to the end of everything that still ran, ms. */
const SOON_MS = 5_000;

let db: TestDatabase;
let admin: Principal;
let orderId: string;
let member: Principal;
let key: string;

beforeAll(async () => {
  db = await createTestDatabase();
  admin = await makePrincipal("lab", "admin");
  [orderId] = (await insertOrders(await makeConnection(admin), [{}])) as [string];
});
beforeEach(async () => {
  member = await addPrincipal(admin.organisationId, "lab", "technician");
  const { organisationId, userId } = member;
  key = (await createApiKey({ organisationId, userId, role: "technician", name: "robot" })).key;
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
const PATHS: [string, Route, string][] = [
  ["reading", list, "GET"],
  ["deciding", accept, "POST"],
  ["downloading", download, "GET"],
];

function ask(route: Route, method = "GET"): Promise<Response> {
  const request = new Request("http://localhost:3000/api/x", {
    method,
    headers: { authorization: `Bearer ${key}` },
    ...(method === "GET" ? {} : { body: "{}" }),
  });
  return route(request, { params: Promise.resolve({ id: orderId }) });
}
const statuses = async () => {
  const found: Record<string, number> = {};
  for (const [name, route, method] of PATHS) found[name] = (await ask(route, method)).status;
  return found;
};

const CHANGES: [string, () => Promise<unknown>][] = [
  ["was removed from the organisation", () => removeMember(admin, member.userId)],
  ["was disabled", () => database().user.update({ where: { id: member.userId }, data: { disabledAt: new Date() } })],
  [
    "had the key revoked",
    () => database().apiKey.updateMany({ where: { userId: member.userId }, data: { revokedAt: new Date() } }),
  ],
];

describe("F58: rights that are taken away", () => {
  it.each(CHANGES)("somebody who %s is nobody with the next request", async (_, change) => {
    expect((await ask(list)).status).toBe(200);
    await change();
    expect(await statuses()).toEqual({ reading: 401, deciding: 401, downloading: 401 });
  });

  it("somebody who became a viewer goes on reading, but decides and downloads nothing", async () => {
    expect((await ask(list)).status).toBe(200);
    await changeRole(admin, member.userId, "viewer");
    expect(await statuses()).toEqual({ reading: 200, deciding: 403, downloading: 403 });
  });

  it.each(CHANGES)("an open stream of somebody who %s ends within five seconds", async (_, change) => {
    const stream = await ask(events);
    expect(stream.status).toBe(200);
    const reader = stream.body!.getReader();
    expect((await reader.read()).done).toBe(false);
    await change();
    const changedAt = performance.now();
    while (!(await reader.read()).done);
    expect(performance.now() - changedAt).toBeLessThan(SOON_MS);
  });
});
