import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getCase, searchCases } from "#lib/vendors/meditlink/api/cases.ts";
import { getGroup } from "#lib/vendors/meditlink/api/groups.ts";
import { searchOrders } from "#lib/vendors/meditlink/api/orders.ts";
import { getUser } from "#lib/vendors/meditlink/api/users.ts";
import { meditlink } from "#lib/vendors/meditlink/connector.ts";
import { sendJson, startTestServer, type TestServer } from "#lib/vendors/test-server.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Every operation as it goes over the wire, compared with the guide's example requests. */

const CLINIC = "RC5EQVZJU18xNTQ4Mzc5OTMzODc0";
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
const ANSWERS: [RegExp, string][] = [
  [/^GET \/v1\/(me|users)/, "me"],
  [/^GET \/v1\/groups/, "group"],
  [/^GET \/v1\/cases\/search/, "case-page"],
  [/^GET \/v1\/cases\//, "case"],
  [/^GET \/v1\/files/, "file-download"],
  [/^POST \/v1\/files/, "file-registration"],
  [/^DELETE \/v1\/files/, "deleted-file"],
  [/^GET \/v1\/orders\/search/, "order-page"],
  [/^GET \/v1\/orders/, "order"],
  [/^PUT .*cancel/, "order-cancelled"],
  [/^PUT .*accept/, "order-accepted"],
  [/^PUT .*reject/, "order-rejected"],
];

let server: TestServer;
let session: VendorSession;
let override: { status: number; body?: unknown } | null = null;

beforeAll(async () => {
  process.env.MEDITLINK_CLIENT_ID = "rLHYWvCKTpONpuc7L1L8FUXowgQMh6HO";
  process.env.MEDITLINK_CLIENT_SECRET = "SGBb3Fa0EsRklPd0DrC02pFV7jsUVwEv";
  server = await startTestServer((request, response) => {
    if (override?.body === undefined && override) return void response.writeHead(override.status).end();
    if (override) return sendJson(response, override.body, override.status);
    const name = ANSWERS.find(([pattern]) => pattern.test(`${request.method} ${request.target}`))![1];
    sendJson(response, fixture(name));
  });
  session = {
    connectionId: "c",
    organisationId: "o",
    baseUrl: server.url,
    accessToken: "55f8c426-68e1-4a96-8ece-e48b7d586b4d",
    groupKey: CLINIC,
    region: "default",
  };
});
beforeEach(() => {
  override = null;
  server.requests.length = 0;
});
afterAll(() => server.close());

const USER_HEADERS = {
  Authorization: "Bearer 55f8c426-68e1-4a96-8ece-e48b7d586b4d",
  "x-meditlink-client-id": "rLHYWvCKTpONpuc7L1L8FUXowgQMh6HO",
  "Content-Type": "application/json",
};
const GROUP_HEADERS = { ...USER_HEADERS, "x-meditlink-group-uuid": CLINIC };

function sent() {
  expect(server.requests).toHaveLength(1);
  const { method, target, headers, body } = server.requests[0]!;
  const { host: _host, connection: _connection, "content-length": _length, ...own } = headers;
  return { line: `${method} ${target}`, headers: own, body };
}

describe("each operation sends what the guide's example sends", () => {
  const range = { from: new Date(1504717228000), to: new Date(1717036260564) };
  const files = meditlink.files!;
  const orders = meditlink.orders!;
  const ORDER = "3706720";
  const FILE = "930449b1-76b4-479e-b1a7-a57e65d9d172";
  const located = { orderNumber: ORDER, fileKey: FILE, fileName: "mandibular.meditMesh" };

  test.each([
    ["3.1.1", () => meditlink.identify(session), "GET /v1/me?schema=latest", USER_HEADERS],
    [
      "3.1.2",
      () => getUser(session, "meditlink.api.clinic@medit.com"),
      "GET /v1/users/meditlink.api.clinic@medit.com?schema=latest",
      USER_HEADERS,
    ],
    ["3.2.1", () => getGroup(session, CLINIC), `GET /v1/groups/${CLINIC}?schema=latest`, USER_HEADERS],
    [
      "3.3.1",
      () =>
        searchCases(session, {
          size: 2,
          start: 1504717228000,
          end: 1732687986772,
          name: "",
          status: "",
          patientCode: "",
        }),
      "GET /v1/cases/search?schema=latest&size=2&page=0&start=1504717228000&end=1732687986772&name=&status=&patientCode=",
      GROUP_HEADERS,
    ],
    ["3.3.2", () => getCase(session, FILE), `GET /v1/cases/${FILE}?schema=latest`, GROUP_HEADERS],
    [
      "3.4.1",
      () => files.locate(session, { ...located, format: "obj" }),
      `GET /v1/files/${FILE}?type=obj`,
      GROUP_HEADERS,
    ],
    [
      "3.4.1 original",
      () => files.locate(session, { ...located, format: "original" }),
      `GET /v1/files/${FILE}`,
      GROUP_HEADERS,
    ],
    ["3.4.4", () => files.remove!(session, FILE), `DELETE /v1/files/${FILE}?schema=latest`, GROUP_HEADERS],
    [
      "3.5.1",
      () => orders.page(session, { ...range, page: 0, pageSize: 2 }),
      "GET /v1/orders/search?schema=latest&size=2&page=0&start=1504717228000&end=1717036260564",
      GROUP_HEADERS,
    ],
    [
      "3.5.1 by status",
      () => searchOrders(session, { status: ["PENDING", "ACCEPTED"] }),
      "GET /v1/orders/search?schema=latest&size=20&page=0&start=0&end=253402300799000&status=PENDING&status=ACCEPTED",
      GROUP_HEADERS,
    ],
    ["3.5.2", () => orders.get(session, ORDER), `GET /v1/orders/${ORDER}?schema=latest`, GROUP_HEADERS],
    [
      "3.5.3",
      () => orders.decide!(session, ORDER, "cancel"),
      `PUT /v1/orders/${ORDER}/cancel?schema=latest`,
      GROUP_HEADERS,
    ],
    [
      "3.5.4",
      () => orders.decide!(session, ORDER, "accept"),
      `PUT /v1/orders/${ORDER}/accept?schema=latest`,
      GROUP_HEADERS,
    ],
    [
      "3.5.5",
      () => orders.decide!(session, ORDER, "reject"),
      `PUT /v1/orders/${ORDER}/reject?schema=latest`,
      GROUP_HEADERS,
    ],
  ] as const)("§%s", async (_, act, line, headers) => {
    await act();
    expect(sent()).toEqual({ line, headers, body: "" });
  });

  test("§3.4.2", async () => {
    const attached = await files.attach!(session, {
      caseKey: "72218637-46a3-4a9c-a675-399e668dd8ff",
      name: "mandible.obj",
      bytes: 13_612_946,
      md5Base64: "vZ2A+bV5ZH3HZx51JAMhzA==",
      callbackUrl: "https://portal.example/api/webhooks/meditlink/x",
    });
    const { line, headers, body } = sent();
    expect({ line, headers }).toEqual({ line: "POST /v1/files?schema=latest", headers: GROUP_HEADERS });
    expect(JSON.parse(body)).toEqual({
      caseUuid: "72218637-46a3-4a9c-a675-399e668dd8ff",
      name: "mandible.obj",
      size: 13612946,
      hashValue: "vZ2A+bV5ZH3HZx51JAMhzA==",
      callbackUrl: "https://portal.example/api/webhooks/meditlink/x",
    });
    expect(attached).toMatchObject({
      fileKey: "0027931e-bd07-4737-8bb1-0fb12c77d064",
      headers: { "Content-MD5": "vZ2A+bV5ZH3HZx51JAMhzA==", "Content-Type": "model/obj" },
      expiresAt: new Date("2022-09-22T02:03:37.599Z"),
    });
  });
});

test("the account is its group: who it is and on which side", async () => {
  expect(await meditlink.identify(session)).toEqual({
    accountKey: CLINIC,
    account: "meditlink.api.clinic@medit.com",
    groupKey: CLINIC,
    groupName: "D.Davis",
    side: "clinic",
  });
});

test.each([
  ["no group", { email: "a@b.c", name: "A" }],
  ["a group that is neither clinic nor lab", { email: "a@b.c", group: { uuid: "x", name: "X", type: "DEALER" } }],
])("a user with %s cannot be connected", async (_, body) => {
  override = { status: 200, body };
  await expect(meditlink.identify(session)).rejects.toMatchObject({ code: "no_group" });
});

test("§2.3: a search that finds nothing answers 204, an empty page", async () => {
  override = { status: 204 };
  const page = await meditlink.orders!.page(session, { from: new Date(0), to: new Date(1), page: 0, pageSize: 40 });
  expect(page).toEqual({ total: 0, orders: [], unreadable: 0 });
});

test("F15: a broken row does not cost its page", async () => {
  const page = fixture("order-page");
  override = { status: 200, body: { ...page, content: [null, { orderNumber: {} }, ...page.content] } };
  const read = await meditlink.orders!.page(session, { from: new Date(0), to: new Date(1), page: 0, pageSize: 40 });
  expect(read.orders.map((order) => order.number)).toEqual(["3706720", "3700956"]);
});

test("§3.4.1: a download has its address, its packing and what is inside", async () => {
  const file = { orderNumber: "1", fileKey: "930449b1", fileName: "mandibular.meditMesh", format: "obj" } as const;
  expect(await meditlink.files!.locate(session, file)).toMatchObject({
    ready: true,
    expiresAt: new Date("2024-11-27T06:19:17.207Z"),
    downloadName: "930449b1-76b4-479e-b1a7-a57e65d9d172.obj.7z",
    packing: "7z",
    manifest: [
      { name: "mandible.obj", bytes: 25129108, hash: "5f5d079910a276b68ff863f02d12c992", hashAlgorithm: "MD5" },
    ],
  });
});

test.each([
  ["202 with a body", { status: 202, body: { status: "PROCESSING" } }],
  ["202 without one", { status: 202 }],
  ["200 without an address", { status: 200, body: { uuid: "x", items: [] } }],
])("a conversion under way (%s) is asked for again later", async (_, answer) => {
  override = answer;
  const file = { orderNumber: "1", fileKey: "x", fileName: "x", format: "stl" } as const;
  expect(await meditlink.files!.locate(session, file)).toEqual({ ready: false, retryAfterMs: 5_000 });
});

test("accepting answers with the whole order; rejecting and cancelling ask to read it again", async () => {
  const { decide } = meditlink.orders!;
  expect(await decide!(session, "3706720", "accept")).toMatchObject({ status: "accepted", whole: true });
  expect(await decide!(session, "3706720", "reject")).toBeNull();
  expect(await decide!(session, "3706720", "cancel")).toBeNull();
});

test.each([
  [400, "invalid"],
  [401, "token"],
  [403, "scope"],
  [404, "not_found"],
  [409, "conflict"],
  [429, "rate_limited"],
  [500, "unavailable"],
] as const)("§2.3: %i on a decision is %s, and it is sent once", async (status, kind) => {
  override = {
    status,
    body: { timestamp: "2019-01-02T05:21:38.298Z", status, error: "x", message: "Seolah.Jeon", path: "/" },
  };
  const fresh = { ...session, connectionId: `c-${status}`, organisationId: `o-${status}` };
  await expect(meditlink.orders!.decide!(fresh, "1", "accept")).rejects.toMatchObject({ kind, status });
  expect(server.requests).toHaveLength(1);
});

test("a file that is gone already counts as removed", async () => {
  override = { status: 404, body: {} };
  await expect(meditlink.files!.remove!(session, "x")).resolves.toBeUndefined();
});
