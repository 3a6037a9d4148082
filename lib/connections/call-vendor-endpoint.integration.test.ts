import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DELETE, GET, PATCH, POST, PUT } from "#app/api/vendors/[vendor]/[...path]/route.ts";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import type { Principal } from "#lib/access/principal.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { database } from "#lib/database/database.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { callVendorEndpoint } from "./call-vendor-endpoint.ts";

const ORIGIN = "http://localhost:3000";
const ROUTES = { GET, POST, PUT, PATCH, DELETE };
let portal: PortalWithSandbox;
let lab: Principal;
let labKey: string;
let strangersKey: string;
let meditlink: string;

const principalBy = async (key: string) => (await principalOf(new Headers({ authorization: `Bearer ${key}` })))!;
const bootstrap = async (organisation: string) =>
  (
    await bootstrapOrganisation({
      organisation,
      kind: "lab",
      email: `${organisation}@t.example`,
      password: "correct horse",
    })
  ).apiKey;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 40 });
  labKey = await bootstrap("lab");
  strangersKey = await bootstrap("stranger");
  lab = await principalBy(labKey);
  meditlink = await connectByConsent(lab, "lab@onelab.example");
  await createConnection(lab, {
    vendor: "cadmus",
    credentials: { email: "cadmus@onelab.example", password: "sandbox" },
  });
});
afterAll(() => portal.close());
beforeEach(() => {
  portal.sandbox.world.faults.disarm();
  portal.sandbox.world.calls.clear();
});

function call(
  method: keyof typeof ROUTES,
  path: string,
  { key = labKey as string | null, body = undefined as unknown } = {},
) {
  const request = new Request(`${ORIGIN}/api/vendors${path}`, {
    method,
    headers: key ? { authorization: `Bearer ${key}` } : {},
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return ROUTES[method](request, { params: Promise.resolve({}) });
}
const problem = async (answer: Response) => [answer.status, (await answer.json()).code];
const vendorCalls = () => portal.sandbox.world.calls.since(0);
const world = () => portal.sandbox.world;
const ordersOfLab = () => world().ordersOf(world().accounts.get("lab@onelab.example")!.groupUuid!);
const aFile = () => {
  const order = ordersOfLab().find((one) => world().cases.get(one.orderCase)!.files.length > 3)!;
  return { order, file: world().cases.get(order.orderCase)!.files[0]! };
};

describe("documented operations by proxy", () => {
  it("answers what the vendor answers, for every reading operation of both vendors", async () => {
    const { order, file } = aFile();
    const group = encodeURIComponent(order.buyer);
    for (const path of [
      "/meditlink/v1/me?schema=latest",
      "/meditlink/v1/users/second@onelab.example",
      `/meditlink/v1/groups/${group}`,
      "/meditlink/v1/cases/search?size=5",
      `/meditlink/v1/cases/${order.orderCase}`,
      `/meditlink/v1/files/${file.uuid}`,
      "/meditlink/v1/orders/search?size=40&status=PENDING&status=ACCEPTED",
      `/meditlink/v1/orders/${order.number}?connection=${meditlink}`,
      "/cadmus/unified-cases?page=1&pageSize=5",
      "/cadmus/portals/ios",
      "/cadmus/portals/configured",
    ]) {
      const answer = await call("GET", path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get("cache-control")).toContain("no-store");
      expect(await answer.json()).toBeTypeOf("object");
    }
    const page = await (await call("GET", "/cadmus/unified-cases")).json();
    const [{ id, acceptedData }] = page.items;
    expect(acceptedData).toBeDefined();
    expect([200, 404]).toContain((await call("GET", `/cadmus/unified-cases/${id}/order-form`)).status);
    expect(world().calls.violations()).toEqual([]);
  });

  it("sends the group of the connection, whatever the caller says", async () => {
    const search = await (await call("GET", "/meditlink/v1/orders/search")).json();
    expect(search.totalElements).toBe(ordersOfLab().length);
    const answer = await call("GET", "/meditlink/v1/orders/search?group=x&x-meditlink-group-uuid=y");
    expect(await problem(answer)).toEqual([400, "invalid_parameter"]);
  });

  it("registers a file and passes the duplicate on as the vendor's refusal", async () => {
    const { order } = aFile();
    const body = {
      caseUuid: order.orderCase,
      name: "note.txt",
      size: 5,
      hashValue: "vZ2A+bV5ZH3HZx51JAMhzA==",
      callbackUrl: "https://portal.example/x",
    };
    const registered = await call("POST", "/meditlink/v1/files", { body });
    expect(registered.status).toBe(200);
    expect((await registered.json()).uploadUrl).toMatch(/^http/);
    expect(await problem(await call("POST", "/meditlink/v1/files", { body }))).toEqual([502, "vendor_refused"]);
    expect(await problem(await call("POST", "/meditlink/v1/files", { body: { ...body, size: 0 } }))).toEqual([
      400,
      "invalid_body",
    ]);
  });
});

describe("never an open relay", () => {
  it("does not know what is not documented, and asks no vendor", async () => {
    for (const [method, path] of [
      ["GET", "/meditlink/v1/admin"],
      ["GET", "/meditlink/v1/orders/%252e%252e"],
      ["PATCH", "/meditlink/v1/me"],
      ["DELETE", "/meditlink/v1/orders/1"],
      ["POST", "/cadmus/auth/login"],
      ["GET", "/meditlink/https://evil.example/"],
      ["GET", "/nobody/v1/me"],
    ] as const)
      expect([path, ...(await problem(await call(method, path)))]).toEqual([path, 404, "not_found"]);
    expect(vendorCalls()).toEqual([]);
  });

  it.each(["accept", "reject", "cancel"])("refuses to %s with the hint to the orders' API", async (decision) => {
    const { number } = ordersOfLab().find((order) => order.status === "PENDING")!;
    expect(await problem(await call("PUT", `/meditlink/v1/orders/${number}/${decision}`))).toEqual([
      409,
      "use_orders_api",
    ]);
    expect(vendorCalls()).toEqual([]);
  });

  it("checks what the document bounds before the vendor is asked", async () => {
    for (const query of [
      "size=41",
      "size=0",
      "page=1001",
      "start=-1",
      "end=253402300799001",
      "size=x",
      "unknown=1",
      "schema=s0",
    ])
      expect(await problem(await call("GET", `/meditlink/v1/orders/search?${query}`))).toEqual([
        400,
        "invalid_parameter",
      ]);
    expect(vendorCalls()).toEqual([]);
  });

  it("gives one organisation nothing of another", async () => {
    expect(await problem(await call("GET", "/meditlink/v1/me", { key: strangersKey }))).toEqual([404, "not_found"]);
    const foreign = `/meditlink/v1/me?connection=${meditlink}`;
    expect(await problem(await call("GET", foreign, { key: strangersKey }))).toEqual([404, "not_found"]);
    expect(await problem(await call("GET", "/meditlink/v1/me?connection=x"))).toEqual([404, "not_found"]);
    expect(await problem(await call("GET", "/meditlink/v1/me", { key: null }))).toEqual([401, "not_signed_in"]);
    expect(vendorCalls()).toEqual([]);
  });

  it("lets a viewer read, and neither download nor change", async () => {
    const viewer: Principal = { ...lab, role: "viewer" };
    const ask = (method: string, path: string) =>
      callVendorEndpoint(viewer, { vendor: "meditlink", method, path, query: new URLSearchParams() });
    expect(await ask("GET", "/v1/me")).toMatchObject({ status: 200 });
    await expect(ask("GET", "/v1/files/x")).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask("DELETE", "/v1/files/x")).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask("PUT", "/v1/orders/1/accept")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("asks which connection is meant where there are several", async () => {
    const second = await connectByConsent(lab, "lab@nordlab.example");
    expect(await problem(await call("GET", "/meditlink/v1/me"))).toEqual([400, "invalid_parameter"]);
    const me = await (await call("GET", `/meditlink/v1/me?connection=${second}`)).json();
    expect(me.group.name).toBe("NordLab");
    await database().$executeRaw`UPDATE connections SET state = 'disconnected' WHERE id = ${second}::uuid`;
  });

  it("puts each call into the audit trail, with ids and without names", async () => {
    await call("GET", "/meditlink/v1/users/second@onelab.example");
    const entries = await database().$queryRaw<{ facts: Record<string, string>; action: string }[]>`
      SELECT action, facts FROM audit_entries WHERE organisation_id = ${lab.organisationId}::uuid AND action = 'vendor.called' ORDER BY seq`;
    expect(entries.at(-1)!.facts).toEqual({ operation: "getUser" });
    expect(entries.some(({ facts }) => facts.operation === "getOrder" && facts.orderNumber)).toBe(true);
    expect(JSON.stringify(entries)).not.toContain("@");
  });
});

describe("a vendor's refusals", () => {
  it.each([
    [404, 404, "not_found"],
    [403, 403, "vendor_scope_missing"],
    [500, 503, "vendor_unreachable"],
  ])("%i becomes %i %s, without the vendor's words", async (vendorStatus, status, code) => {
    world().faults.arm({
      vendor: "meditlink-api",
      fault: { kind: "status", status: vendorStatus, body: "<b>Seolah.Jeon</b>" },
      count: 3,
    });
    const answer = await call("GET", "/meditlink/v1/me");
    const text = await answer.text();
    expect([answer.status, JSON.parse(text).code]).toEqual([status, code]);
    expect(text).not.toContain("Seolah");
  });
});
