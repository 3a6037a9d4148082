import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "#lib/access/create-api-key.ts";
import { may, type Principal, ROLES } from "#lib/access/principal.ts";
import { OPERATIONS } from "#lib/api/operations.ts";
import { database } from "#lib/database/database.ts";
import { newId } from "#lib/database/new-id.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { Canaries, dumpDatabase } from "#lib/testing/canaries.ts";
import {
  addPrincipal,
  insertOrders,
  insertScan,
  makeConnection,
  makePrincipal,
} from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

const API = fileURLToPath(new URL("../../app/api", import.meta.url));
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** What anybody may ask without saying who they are. */
const PUBLIC = [
  "[...unknown]",
  "auth/[...nextauth]",
  "health/live",
  "health/ready",
  "invitations/accept",
  "links/[token]",
  "metrics",
  "oauth/[vendor]/callback",
  "openapi.json",
  "password-reset",
  "password-reset/confirm",
  "set-up",
  "webhooks/[vendor]/[token]",
];
/** Bodies good enough to get past the door, where an empty one is not. */
const BODIES: Record<string, object> = {
  "PATCH members/[userId]": { role: "viewer" },
  "POST me/organisation": { organisationId: "-" },
  "PUT orders/[id]/hold": {
    reason: "other.other",
    until: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10),
  },
};

type Route = (request: Request, context: { params: Promise<object> }) => Promise<Response>;
type Door = { path: string; method: string; run: Route };

let db: TestDatabase;
let doors: Door[];
let victim: Principal;
/** Ids of the victim's, by what they name; every one of them is tried in every place. */
let ids: Record<string, string>;
let ownOrderId: string;
const strangers: { who: string; key: string }[] = [];
const canaries = new Canaries();

beforeAll(async () => {
  db = await createTestDatabase();
  victim = await makePrincipal("lab", "admin");
  await makeVictimsThings();
  const [rival, clinic] = [await makePrincipal("lab", "admin"), await makePrincipal("clinic", "admin")];
  [ownOrderId] = (await insertOrders(await makeConnection(rival), [{ number: "2" }])) as [string];
  // One's own order takes files, so that only the file's id is foreign.
  await database().order.update({ where: { id: ownOrderId }, data: { caseKey: newId() } });
  for (const { organisationId, organisationKind } of [rival, clinic])
    for (const role of organisationKind === "lab" ? ROLES : (["admin", "viewer"] as const)) {
      const { userId } = await addPrincipal(organisationId, organisationKind, role);
      const { key } = await createApiKey({ organisationId, userId, role, name: role });
      strangers.push({ who: `${role} of another ${organisationKind}`, key });
    }
  doors = await findDoors();
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

async function makeVictimsThings(): Promise<void> {
  const { organisationId, userId } = victim;
  const connection = await makeConnection(victim);
  const number = "7654321";
  const patient = { patientName: "Kanarienvogel-Zwitscher", caseName: "Kanarienvogel-Zwitscher upper" };
  const [orderId, hiddenId] = await insertOrders(connection, [
    { number, patient },
    { number: "8", patient },
  ]);
  await database().order.update({ where: { id: hiddenId! }, data: { twinOfId: orderId!, twinBy: "ids" } });
  const { fileId, scanId } = await insertScan(organisationId, orderId!, { name: "Kanarienvogel-Zwitscher.stl" });
  const decision = await database().decision.create({
    data: {
      organisationId,
      orderId: orderId!,
      kind: "accept",
      state: "failed",
      requestedBy: userId,
      deadlineAt: new Date(),
      bodyHash: "-",
    },
  });
  const invitation = await database().invitation.create({
    data: {
      organisationId,
      email: "kanarienvogel@lab.example",
      role: "viewer",
      tokenHash: Buffer.from("x"),
      invitedBy: userId,
      expiresAt: new Date(Date.now() + 1e8),
    },
  });
  const session = await database().session.create({ data: { userId, expiresAt: new Date(Date.now() + 1e8) } });
  await createApiKey({ organisationId, userId, role: "admin", name: "Kanarienvogel key" });
  const apiKey = await database().apiKey.findFirstOrThrow({ where: { organisationId } });
  const group = await database().vendorGroup.create({
    data: { organisationId, vendor: "meditlink", key: newId(), kind: "clinic", name: "Kanarienvogel practice" },
  });
  ids = {
    order: orderId!,
    hidden: hiddenId!,
    file: fileId,
    scan: scanId,
    decision: decision.id,
    connection: connection.id,
    member: userId,
    organisation: organisationId,
    invitation: invitation.id,
    session: session.id,
    apiKey: apiKey.id,
    group: group.id,
    number,
    groupKey: Buffer.from(group.key).toString("base64"),
    nobody: newId(),
    walk: "../orders",
  };
  canaries.add("patient", "Kanarienvogel-Zwitscher");
  canaries.add("name", "Kanarienvogel practice", "kanarienvogel@lab.example", "Kanarienvogel key");
}

/** Every method of every route file: a route that is added is walked by itself. */
async function findDoors(): Promise<Door[]> {
  const files = globSync("**/route.ts", { cwd: API }).map((file) => file.replace(/\/route\.ts$/, ""));
  const found: Door[] = [];
  for (const path of files.sort()) {
    if (path.startsWith("auth/")) continue; // next-auth's own, without ids
    const route = (await import(/* @vite-ignore */ `${API}/${path}/route.ts`)) as Record<string, Route>;
    for (const method of METHODS) if (route[method]) found.push({ path, method, run: route[method] });
  }
  return found;
}

async function knock(
  door: Door,
  params: Record<string, string>,
  key: string | null,
  more: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const address = door.path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? "-"),
  );
  const catchAll = /\[\.\.\.(\w+)\]/.exec(door.path)?.[1];
  const body = door.path.endsWith("attachments")
    ? formOf()
    : JSON.stringify(BODIES[`${door.method} ${door.path}`] ?? {});
  const request = new Request(
    `http://localhost:3000/api/${catchAll ? address.replaceAll("%2F", "/") : address}?connection=${ids.connection}`,
    {
      method: door.method,
      headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), "content-length": "300", ...more },
      ...(door.method === "GET" ? {} : { body }),
    },
  );
  const answer = await door.run(request, { params: Promise.resolve(params) });
  if (answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    await answer.body?.cancel();
    return { status: answer.status, text: "" };
  }
  return { status: answer.status, text: await answer.text() };
}

function statusAndCode({ status, text }: { status: number; text: string }): string {
  return `${status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? text}`;
}

function formOf(): FormData {
  const form = new FormData();
  form.set("file", new File(["x"], "x.txt"));
  return form;
}

const namesIn = (path: string) => [...path.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map((match) => match[1]!);

/** Every id of the victim's in every place; where there are two places, also behind an order of one's own. */
function* foreignParams(path: string): Generator<Record<string, string>> {
  const names = namesIn(path);
  const fixed: Record<string, string> = names.includes("vendor") ? { vendor: "meditlink" } : {};
  const free = names.filter((name) => name !== "vendor");
  for (const id of Object.values(ids)) {
    const given = {
      ...fixed,
      ...Object.fromEntries(free.map((name) => [name, name === "path" ? `v1/orders/${id}` : id])),
    };
    yield given;
    if (free.length < 2) continue;
    yield { ...given, [free[0]!]: ids.order! };
    yield { ...given, [free[0]!]: ownOrderId };
    yield { ...given, [free[1]!]: ids.file! };
  }
}

const victimsRows = async () =>
  (await dumpDatabase()).map(({ table, text }) => ({
    table,
    rows: text
      .split("\n")
      .filter((row) => row.includes(victim.organisationId) || row.includes(victim.userId))
      .sort(),
  }));

describe("F55: another organisation's ids", () => {
  it("open nothing on any route, method and role, show nothing and change nothing", async () => {
    const before = await victimsRows();
    let asked = 0;
    const leaks: string[] = [];
    for (const door of doors) {
      if (PUBLIC.includes(door.path) || namesIn(door.path).every((name) => name === "vendor")) continue;
      const nobodys = Object.fromEntries(
        namesIn(door.path).map((name) => [name, name === "vendor" ? "meditlink" : ids.nobody!]),
      );
      for (const { who, key } of strangers) {
        // Some routes miss a body or a connection first: then every id must be answered as one that nobody has.
        const uniform = statusAndCode(await knock(door, nobodys, key));
        for (const params of foreignParams(door.path)) {
          const answer = await knock(door, params, key);
          const { status, text } = answer;
          asked++;
          const isRefused = [401, 403, 404].includes(status) || (status >= 400 && statusAndCode(answer) === uniform);
          const seen = canaries.findIn("answer", text).length > 0;
          if (!isRefused || seen)
            leaks.push(`${who}: ${door.method} ${door.path} ${JSON.stringify(params)} → ${status}`);
        }
      }
    }
    expect(leaks).toEqual([]);
    expect(asked).toBeGreaterThan(2_000);
    expect(await victimsRows()).toEqual(before);
  }, 120_000);

  it("show nothing in lists either, and no list to nobody", async () => {
    const open = new Set(["auth/[...nextauth]"]);
    for (const door of doors) {
      const params = { vendor: "meditlink", path: "v1/orders", id: ids.order!, token: "t" };
      const { status } = await knock(door, params, null);
      if (status !== 401) open.add(door.path);
      if (namesIn(door.path).length > 0 || door.method !== "GET") continue;
      for (const { key } of strangers)
        expect(canaries.findIn(door.path, (await knock(door, {}, key)).text)).toEqual([]);
    }
    expect([...open].sort()).toEqual(PUBLIC);
  }, 60_000);

  it("lead to nothing, said as the API says everything, where the API has no such address", async () => {
    const nowhere = doors.filter(({ path }) => path === "[...unknown]");
    expect(nowhere).toHaveLength(METHODS.length);
    for (const door of nowhere)
      for (const key of [null, ...strangers.map((stranger) => stranger.key)])
        expect(statusAndCode(await knock(door, { unknown: ids.order! }, key))).toBe("404 not_found");
  });

  it("and inside one organisation each role is held to what it may do", async () => {
    const keys = new Map<string, string>();
    for (const role of ROLES) {
      const { userId, organisationId } = await addPrincipal(victim.organisationId, "lab", role);
      keys.set(role, (await createApiKey({ organisationId, userId, role, name: role })).key);
    }
    let asked = 0;
    for (const { method, path, permission } of OPERATIONS) {
      if (permission === "public" || permission === "signed-in") continue;
      const file = path.slice("/api/".length).replace(/\{(\w+)\}/g, "[$1]");
      const door = doors.find((one) => one.method === method && one.path === file);
      for (const role of ROLES) {
        if (!door || may(role, permission)) continue;
        const { status } = await knock(
          door,
          { id: ids.order!, fileId: ids.file!, userId: ids.member! },
          keys.get(role)!,
        );
        expect([role, method, path, status]).toEqual([role, method, path, 403]);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(15);
  });
});

/** What has led around the doors of web frameworks: internal headers, other methods, other addresses, somebody else's forwarding. */
const BYPASSES: Record<string, string>[] = [
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" },
  {
    "x-middleware-next": "1",
    "x-middleware-rewrite": "/api/health/live",
    "x-middleware-override-headers": "authorization",
  },
  { "x-middleware-request-authorization": "Bearer cbk_x", "x-middleware-set-cookie": "next-auth.session-token=x" },
  { rsc: "1", "next-router-state-tree": "[]", "next-router-prefetch": "1", "next-url": "/api/health/live" },
  { "next-router-segment-prefetch": "/_tree", "next-action": "0".repeat(40) },
  { "x-invoke-path": "/api/health/live", "x-invoke-status": "200", "x-matched-path": "/api/health/live" },
  { "x-now-route-matches": "1=victim", "x-nextjs-data": "1", purpose: "prefetch" },
  { "x-http-method-override": "GET", "x-method-override": "GET", "x-http-method": "GET" },
  { "x-original-url": "/api/health/live", "x-rewrite-url": "/api/health/live", "x-forwarded-prefix": "/public" },
  {
    "x-forwarded-host": "localhost",
    "x-forwarded-for": "127.0.0.1",
    "x-real-ip": "127.0.0.1",
    forwarded: "for=127.0.0.1",
  },
  { upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": "x".repeat(24) },
  { authorization: "Basic YWRtaW46YWRtaW4=", "proxy-authorization": "Bearer cbk_x" },
];

describe("F56: headers that lead around a framework's doors", () => {
  it("change no answer of any route: who was nobody stays nobody", async () => {
    const before = await victimsRows();
    const led: string[] = [];
    for (const door of doors) {
      const params = {
        vendor: "meditlink",
        path: `v1/orders/${ids.number}`,
        id: ids.order!,
        fileId: ids.file!,
        token: "t",
      };
      const asNobody = await knock(door, params, null);
      for (const more of BYPASSES) {
        const answer = await knock(door, params, null, more);
        const isSame = statusAndCode(answer).slice(0, 3) === statusAndCode(asNobody).slice(0, 3);
        if (!isSame || canaries.findIn("answer", answer.text).length > 0)
          led.push(`${door.method} ${door.path} ${Object.keys(more)[0]} → ${answer.status}`);
      }
    }
    expect(led).toEqual([]);
    expect(await victimsRows()).toEqual(before);
  }, 60_000);
});
