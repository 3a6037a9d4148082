import { afterAll, beforeAll, expect, it } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import { PASSWORD } from "#e2e/sandbox/settings.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { differences } from "#lib/testing/restless-vendor.ts";
import { createConnection } from "./create-connection.ts";
import { listConnections } from "./list-connections.ts";
import { reconcileOrders } from "./reconcile-orders.ts";
import { requestSync } from "./request-sync.ts";
import { syncConnection } from "./sync-connection.ts";

/** Answers that no row of the fault table names, of the same families: what the vendor says is odd, nothing here is lost to it. */

const LAB = "lab@onelab.example";
const ONE_LAB = "T05FTEFCXzE1NDgzODA1Nzk0MzY=";
const SEARCH = "/v1/orders/search";
const DETAIL = "/v1/orders/\\d+";
let portal: PortalWithSandbox;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 45 });
});
afterAll(() => portal.close());

/** `believed`: what only the vendor can know; it stands until the order changes. */
type Oddity = { path?: string; count?: number; believed?: true } & FaultOrder["fault"];

const LONG = "ä".repeat(300_000);
const HALF = "a \ud83d";
const NUL = "a \u0000 b";
const fileNamed = (name: string) => ({ uuid: name, name, size: 1, fileType: name });
const deep = (levels: number): unknown => (levels === 0 ? {} : { in: deep(levels - 1) });
const ODDITIES: Record<string, Oddity> = {
  "an empty body with 200 in the place of a page": { kind: "status", status: 200, body: "", path: SEARCH },
  "an empty body with 200 in the place of an order": { kind: "status", status: 200, body: "", path: DETAIL },
  "204 in the place of the first page": { kind: "status", status: 204, body: "", path: SEARCH },
  "202 in the place of a page": { kind: "status", status: 202, body: "", path: SEARCH },
  "206 with a whole page": { kind: "edit", status: 206, path: SEARCH },
  "a redirect to another host": {
    kind: "status",
    status: 302,
    headers: { location: "https://elsewhere.example/" },
    count: 3,
  },
  "a redirect to itself": { kind: "status", status: 307, headers: { location: SEARCH }, count: 3 },
  "304 without having asked": { kind: "status", status: 304, body: "" },
  "400 for what was right": { kind: "status", status: 400, path: SEARCH },
  "403 for a moment": { kind: "status", status: 403, path: SEARCH },
  "404 for the list": { kind: "status", status: 404, path: SEARCH },
  "405, 410 and 418": { kind: "status", status: 418, path: DETAIL },
  "an order that is gone between list and detail": { kind: "status", status: 404, path: DETAIL, count: 2 },
  "409 while reading": { kind: "status", status: 409, path: DETAIL },
  "511: the network wants somebody to sign in": { kind: "status", status: 511, path: DETAIL },
  "more orders than there are": { kind: "edit", set: { totalElements: 100_000 }, path: SEARCH },
  "fewer orders than there are": { kind: "edit", set: { totalElements: 3 }, path: SEARCH },
  "always one order more than there are": { kind: "edit", set: { totalElements: 46 }, path: SEARCH, count: 80 },
  "always three orders": { kind: "edit", set: { totalElements: 3 }, path: SEARCH, count: 80 },
  "always a hundred thousand orders": { kind: "edit", set: { totalElements: 100_000 }, path: SEARCH, count: 80 },
  "always a day after all calendars": {
    kind: "edit",
    set: { dateDesiredDelivery: "9999-12-31T23:59:59-23:59", dateCreated: "9999-99-99T00:00:00Z" },
    path: DETAIL,
    count: 5_000,
  },
  "no orders beside a full page": { kind: "edit", set: { totalElements: 0 }, path: SEARCH },
  "less than no orders": { kind: "edit", set: { totalElements: -1 }, path: SEARCH },
  "a number of orders that is none": { kind: "edit", set: { totalElements: "many" }, path: SEARCH },
  "no number of orders": { kind: "edit", unset: ["totalElements"], path: SEARCH },
  "a page without rows": { kind: "edit", set: { content: [] }, path: SEARCH },
  "a page whose rows are null": { kind: "edit", set: { content: null }, path: SEARCH },
  "a page of nulls": { kind: "edit", set: { "content.0": null, "content.1": 7, "content.2": [] }, path: SEARCH },
  "another order than the one asked for": { kind: "edit", set: { orderNumber: 4711 }, path: DETAIL },
  "an order without its number": { kind: "edit", unset: ["orderNumber"], path: DETAIL },
  "an order whose number is a novel": { kind: "edit", set: { "content.0.orderNumber": LONG }, path: SEARCH },
  "a state as long as a novel": { believed: true, kind: "edit", set: { status: LONG }, path: DETAIL },
  "names as long as a novel": { kind: "edit", set: { "case.name": LONG, "buyer.name": LONG }, path: DETAIL },
  "ids as long as a novel": { kind: "edit", set: { "case.uuid": LONG, "buyer.uuid": LONG }, path: DETAIL },
  "a file whose id is a novel": {
    kind: "edit",
    set: { "case.files": [{ uuid: LONG, name: LONG, size: 1, fileType: LONG }] },
    path: DETAIL,
  },
  "files of impossible sizes": {
    kind: "edit",
    set: {
      "case.files": [
        { uuid: "a", name: "a.obj", size: -5, fileType: "x" },
        { uuid: "b", name: "b.obj", size: 9e15, fileType: "x" },
        { uuid: "c", name: "c.obj", size: 1e300, fileType: "x" },
        { uuid: "c", name: "c.obj", size: "12", fileType: "x" },
      ],
    },
    path: DETAIL,
  },
  "ten thousand restorations": {
    kind: "edit",
    set: {
      "case.formInformation": { type: "TEETH", items: Array.from({ length: 10_000 }, () => ({ toothNo: "11" })) },
    },
    path: DETAIL,
  },
  "a case that is no case": { kind: "edit", set: { case: "soon" }, path: DETAIL },
  "no case at all": { kind: "edit", unset: ["case"], path: DETAIL },
  "another clinic and another lab": {
    kind: "edit",
    set: { "buyer.uuid": "moved", "seller.uuid": "moved too" },
    path: DETAIL,
  },
  "a change a year ahead": { believed: true, kind: "edit", set: { dateUpdated: "2031-01-01T00:00:00Z" }, path: DETAIL },
  "a change long ago": { believed: true, kind: "edit", set: { dateUpdated: "1999-01-01T00:00:00Z" }, path: DETAIL },
  "packed garbage": { kind: "malformed", body: "no gzip", headers: { "content-encoding": "gzip" } },
  "an unknown packing": { kind: "edit", headers: { "content-encoding": "zstd" } },
  "another alphabet": { kind: "edit", headers: { "content-type": "application/json; charset=utf-16" } },
  "an answer twice as long as it says": { kind: "malformed", body: '{"content":[],"totalElements":0}{"content":[]}' },
  "a list in the place of a page": { kind: "malformed", body: "[]", path: SEARCH },
  "more orders than numbers reach": { kind: "edit", set: { totalElements: 1e308 }, path: SEARCH },
  "half a letter in every text": {
    kind: "edit",
    set: { "case.name": HALF, "buyer.name": HALF, description: HALF, tags: [HALF], "case.files": [fileNamed(HALF)] },
    path: DETAIL,
  },
  "a letter that no database keeps, in every text": {
    kind: "edit",
    set: { "case.name": NUL, "buyer.name": NUL, description: NUL, tags: [NUL], "case.files": [fileNamed(NUL)] },
    path: DETAIL,
  },
  "half a letter and one that no database keeps, in a list": {
    kind: "edit",
    set: { "content.0.case.name": HALF, "content.1.case.name": NUL, "content.2.buyer.name": NUL },
    path: SEARCH,
  },
  "an order a thousand levels deep": { kind: "edit", set: { "content.0.case": deep(1_000) }, path: SEARCH },
  "another case": { kind: "edit", set: { "case.uuid": "another" }, path: DETAIL },
  "503 with a page": { kind: "html", status: 503, path: SEARCH },
  "a clock ten minutes ahead": {
    kind: "edit",
    headers: { date: new Date(Date.now() + 600_000).toUTCString() },
    path: SEARCH,
  },
  "a clock of the last century": { kind: "edit", headers: { date: "Thu, 01 Jan 1970 00:00:00 GMT" }, path: SEARCH },
};

const world = () => portal.sandbox.world;
const here = (id: string) => database().order.findMany({ where: { connectionId: id } });

/** Two runs meet the oddity, then one that somebody asks for meets none. */
async function syncThrough(admin: Principal, id: string, vendor: string, oddity: Oddity): Promise<void> {
  const { path, count = 1, believed, ...fault } = oddity;
  const sync = () => syncConnection({ organisationId: admin.organisationId, connectionId: id });
  world().faults.arm({ vendor, method: "GET", count, fault, ...(path ? { path } : {}) });
  await sync();
  await sync();
  expect(world().faults.list()[0]?.fired).toBeGreaterThan(0);
  world().faults.disarm();
  if (believed) for (const order of world().ordersOf(ONE_LAB)) world().touchOrder(order);
  await requestSync(admin, id);
  await sync();
  expect((await listConnections(admin)).items[0]).toMatchObject({ state: "connected", problem: null });
}

it.each(Object.entries(ODDITIES))("%s: nothing is lost, and the next run puts it right", async (name, oddity) => {
  world().faults.disarm();
  const admin = await portal.makeOrganisation(name);
  const id = await connectByConsent(admin, LAB);
  await syncThrough(admin, id, "meditlink-api", oddity);
  const truth = world()
    .ordersOf(ONE_LAB)
    .map(({ number, status, updatedAt, drift }) => ({
      number,
      status: (drift?.status as string | undefined) ?? status,
      updatedAt,
    }));
  expect(differences(truth, await here(id))).toEqual([]);
});

it("an order that is gone from the vendor for a night and comes back is here all the time, once", async () => {
  world().faults.disarm();
  const admin = await portal.makeOrganisation("gone for a night");
  const connectionId = await connectByConsent(admin, LAB);
  const sync = () => syncConnection({ organisationId: admin.organisationId, connectionId });
  await sync();
  const before = await here(connectionId);
  const [gone] = world().ordersOf(ONE_LAB);
  world().orders.delete(gone!.number);
  await sync();
  await reconcileOrders();
  expect(await here(connectionId)).toHaveLength(before.length);
  world().orders.set(gone!.number, gone!);
  world().touchOrder(gone!);
  await requestSync(admin, connectionId);
  await sync();
  expect(differences(world().ordersOf(ONE_LAB), await here(connectionId))).toEqual([]);
});

const CASES = "/unified-cases";
const CADMUS_ODDITIES: Record<string, Oddity> = {
  "an empty body with 200": { kind: "status", status: 200, body: "", path: CASES },
  "204 in the place of a page": { kind: "status", status: 204, body: "", path: CASES },
  "a page without rows": { kind: "edit", set: { items: [] }, path: CASES },
  "no cases at all": { kind: "edit", set: { items: [], total: 0 }, path: CASES },
  "fewer cases than there are": { kind: "edit", set: { total: 2 }, path: CASES },
  "more cases than there are": { kind: "edit", set: { total: 90_000 }, path: CASES },
  "always more cases than there are": { kind: "edit", set: { total: 90_000 }, path: CASES, count: 5_000 },
  "no number of cases": { kind: "edit", unset: ["total"], path: CASES },
  "rows that are none": { kind: "edit", set: { "items.0": null, "items.1": "x", "items.2": { id: {} } }, path: CASES },
  "a case whose id is a novel": { kind: "edit", set: { "items.0.id": LONG }, path: CASES },
  "a guid and a case id as long as a novel": {
    kind: "edit",
    set: { "items.0.guid": LONG, "items.0.caseId": LONG },
    path: CASES,
  },
  "accepted data that is a text": { kind: "edit", set: { "items.0.acceptedData": LONG }, path: CASES },
  "accepted data that is a list of nulls": {
    kind: "edit",
    set: { "items.0.acceptedData": [null, [null]] },
    path: CASES,
  },
  "a state that is a number": {
    kind: "edit",
    set: { "items.0.status": 17, "items.1.completenessStatus": [] },
    path: CASES,
  },
  "a day of creation that is none": {
    kind: "edit",
    set: { "items.0.createdAt": "+52377-10-31T18:06:40Z" },
    path: CASES,
  },
  "403 for a moment": { kind: "status", status: 403, path: CASES },
  "404 for the list": { kind: "status", status: 404, path: CASES },
  "302 to another host": {
    kind: "status",
    status: 302,
    headers: { location: "https://elsewhere.example/" },
    path: CASES,
  },
  "portals that are no list": { kind: "malformed", body: "7", path: "/portals/" },
};

it.each(Object.entries(CADMUS_ODDITIES))(
  "Cadmus, %s: nothing is lost, and the next run puts it right",
  async (name, oddity) => {
    world().faults.disarm();
    const admin = await portal.makeOrganisation(name);
    const credentials = { email: "cadmus@onelab.example", password: PASSWORD };
    const { id } = await createConnection(admin, { vendor: "cadmus", credentials });
    await syncThrough(admin, id, "cadmus-api", oddity);
    const there = [...world().cadmusCases.values()].filter((item) => item.organizationId === 3);
    const rows = new Map((await here(id)).map((row) => [row.number, row]));
    for (const item of there) expect(rows.get(String(item.id))).toMatchObject({ detailFetchedAt: expect.any(Date) });
    expect(rows.size).toBe(there.length);
  },
);
