import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "#lib/access/create-api-key.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import {
  connectAccount,
  orderIdOf,
  type PortalWithSandbox,
  startPortalWithSandbox,
} from "#lib/testing/portal-with-sandbox.ts";
import { claimScan } from "./claim-scan.ts";
import { fetchScan } from "./fetch-scan.ts";
import { getScan, listScans } from "./get-scan.ts";
import { retryScan } from "./retry-scan.ts";

let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };
let key: string;
let special: Record<string, number>;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 80 });
  lab = await connectAccount("lab", "lab@onelab.example");
  const { organisationId, userId } = lab.admin;
  key = (await createApiKey({ organisationId, userId, role: "technician", name: "test" })).key;
  special = await control("GET", "/special-orders");
}, 120_000);
afterAll(() => portal.close());
afterEach(() => control("DELETE", "/faults"));

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
  return (await (await fetch(`${portal.sandbox.control}${path}`, init)).json()) as T;
}

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** One of our routes, called as the web server does. */
async function call(route: Route, url: string, params: Record<string, string>, headers: Record<string, string> = {}) {
  const request = new Request(`http://localhost:3000${url}`, {
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
  return route(request, { params: Promise.resolve(params) });
}

async function statusOf(route: Route, id: string): Promise<number> {
  const answer = await call(route, "/x", { id });
  await answer.body?.cancel();
  return answer.status;
}

async function scansOf(number: number) {
  const orderId = await orderIdOf(lab.connectionId, number);
  return { orderId, scans: (await listScans(lab.admin, orderId)).items };
}

async function everydayOrder() {
  const row = await database().order.findFirstOrThrow({
    where: {
      connectionId: lab.connectionId,
      scansCount: { gte: 2 },
      scans: { every: { state: "waiting" } },
      status: "pending",
      number: { notIn: Object.values(special).map(String) },
    },
    orderBy: { number: "desc" },
  });
  return scansOf(Number(row.number));
}

const fetchNow = (scanId: string) => fetchScan(lab.admin.organisationId, scanId);
const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");
const { GET: preview } = await import("#app/api/scans/[id]/preview/route.ts");
const { GET: download } = await import("#app/api/scans/[id]/download/route.ts");

describe("a scan on its way from the vendor's archive", () => {
  it("is verified, kept byte for byte, and shown in two levels of detail", async () => {
    const { orderId, scans } = await everydayOrder();
    for (const scan of scans) await fetchNow(scan.id);
    const order = await getOrder(lab.admin, orderId);
    expect(order.scans).toEqual({ count: scans.length, ready: scans.length, failed: 0 });
    expect(order.files.filter((file) => file.kind === "scan").every((file) => file.state === "ready")).toBe(true);

    const scan = await getScan(lab.admin, scans[0]!.id);
    expect(scan).toMatchObject({ state: "ready", problem: null, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(scan.maxErrorUm).toBeLessThan(5);
    const row = await database().scan.findUniqueOrThrow({ where: { id: scan.id } });
    const body = new Uint8Array(await (await call(download, `/x`, { id: scan.id })).arrayBuffer());
    expect(md5(body)).toBe(row.vendorMd5);
    expect(body.length).toBe(scan.bytes);

    const plain = await call(preview, `/x?detail=full`, { id: scan.id });
    expect(plain.headers.get("content-encoding")).toBeNull();
    const glb = new Uint8Array(await plain.arrayBuffer());
    expect(new TextDecoder().decode(glb.subarray(0, 4))).toBe("glTF");
    expect(glb.length).toBe(scan.previews.full?.bytes);

    const zipped = await call(
      preview,
      `/x?detail=full`,
      { id: scan.id },
      { accept: "application/gzip, model/gltf-binary" },
    );
    expect(zipped.headers.get("content-type")).toBe("application/gzip");
    expect(zipped.headers.get("cache-control")).toContain("immutable");
    expect(Buffer.compare(gunzipSync(await zipped.arrayBuffer()), glb)).toBe(0);

    const etag = plain.headers.get("etag")!;
    expect((await call(preview, `/x?detail=full`, { id: scan.id }, { "if-none-match": etag })).status).toBe(304);
    const part = await call(
      preview,
      `/x?detail=full`,
      { id: scan.id },
      { range: "bytes=4-11", accept: "application/gzip" },
    );
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 4-11/${glb.length}`]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(glb.subarray(4, 12));
    const beyond = await call(preview, `/x`, { id: scan.id }, { range: "bytes=99999999-" });
    expect(beyond.status).toBe(416);
  });

  it("can be taken home as STL, OBJ or PLY, and the trail says so", async () => {
    const { scans } = await everydayOrder();
    const id = scans[0]!.id;
    expect((await call(preview, "/x", { id })).status).toBe(409);
    await fetchNow(id);
    for (const [format, beginning] of [
      ["stl", /^[\s\S]{80}/],
      ["ply", /^ply\n/],
      ["obj", /^(#|v )/],
    ] as const) {
      const answer = await call(download, `/x?format=${format}`, { id });
      expect(answer.headers.get("content-disposition")).toMatch(new RegExp(`\\.${format}"`));
      expect(Buffer.from(await answer.arrayBuffer()).toString("latin1")).toMatch(beginning);
    }
    const trail = await database().auditEntry.count({
      where: { organisationId: lab.admin.organisationId, action: "order.downloaded" },
    });
    expect(trail).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ["corrupt archive", ["archive_unreadable", "hash_mismatch"]],
    ["wrong hash", ["hash_mismatch"]],
    ["unreadable mesh", ["mesh_unreadable"]],
    ["second entry", ["archive_refused", null]],
  ])("%s: the scan says what happened, the rest of the order stays usable", async (name, problems) => {
    const { orderId, scans } = await scansOf(special[name]!);
    for (const scan of scans) await fetchNow(scan.id);
    const after = (await listScans(lab.admin, orderId)).items;
    expect(problems).toContain(after[0]!.problem);
    expect(after.slice(1).map((scan) => scan.state)).toEqual(after.slice(1).map(() => "ready"));
    const order = await getOrder(lab.admin, orderId);
    const failed = after[0]!.problem ? 1 : 0;
    expect(order.scans).toEqual({ count: scans.length, ready: scans.length - failed, failed });
    expect(await statusOf(preview, after[0]!.id)).toBe(failed ? 409 : 200);
    expect(await statusOf(download, after[0]!.id)).toBe(name === "unreadable mesh" || !failed ? 200 : 409);
    if (failed) {
      expect(await retryScan(lab.admin, after[0]!.id)).toMatchObject({ state: "waiting", problem: null });
      expect((await getOrder(lab.admin, orderId)).scans.failed).toBe(0);
    }
  });

  it("waits while the vendor is still converting, and says so", async () => {
    const { scans } = await scansOf(special["slow conversion"]!);
    await fetchNow(scans[0]!.id);
    expect(await getScan(lab.admin, scans[0]!.id)).toMatchObject({ state: "waiting", problem: "not_converted_yet" });
    await control("POST", "/settings", { conversionDelayMs: 0 });
    await expect
      .poll(
        async () => {
          await fetchNow(scans[0]!.id);
          return (await getScan(lab.admin, scans[0]!.id)).state;
        },
        { timeout: 20_000, interval: 300 },
      )
      .toBe("ready");
  });

  it.each(["truncate", "corrupt", "pad", "reset", "html"])(
    "F39: a transfer that goes wrong once (%s) ends well",
    async (kind) => {
      const { scans } = await everydayOrder();
      await control("POST", "/faults", { vendor: "meditlink-storage", method: "GET", fault: { kind }, count: 1 });
      await fetchNow(scans[0]!.id);
      expect(await getScan(lab.admin, scans[0]!.id)).toMatchObject({ state: "ready", problem: null });
    },
  );

  it("F39: a storage that always damages files never gets one published", async () => {
    const { scans } = await everydayOrder();
    await control("POST", "/faults", { vendor: "meditlink-storage", method: "GET", fault: { kind: "corrupt" } });
    await fetchNow(scans[0]!.id);
    const scan = await getScan(lab.admin, scans[0]!.id);
    expect(scan).toMatchObject({ state: "failed", sha256: null });
    expect(["archive_unreadable", "hash_mismatch", "archive_refused", "size_mismatch"]).toContain(scan.problem);
  });

  it("is fetched by one job at a time, and by another after that one died", async () => {
    const { scans } = await everydayOrder();
    const id = scans[0]!.id;
    await Promise.all([fetchNow(id), fetchNow(id), fetchNow(id)]);
    expect(await database().scan.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "ready", attempts: 1 });

    const next = scans[1]!.id;
    await claimScan(lab.admin.organisationId, next);
    await fetchNow(next);
    expect((await getScan(lab.admin, next)).state).toBe("fetching");
    await database().$executeRaw`UPDATE scans SET updated_at = now() - interval '1 minute' WHERE id = ${next}::uuid`;
    await fetchNow(next);
    expect((await getScan(lab.admin, next)).state).toBe("ready");
  });
});

describe("a case as a zip", () => {
  it("holds every scan once, under names of its own, with what is missing named", async () => {
    const { orderId, scans } = await everydayOrder();
    for (const scan of scans.slice(1)) await fetchNow(scan.id);
    const { GET } = await import("#app/api/orders/[id]/download/route.ts");
    const answer = await call(GET, "/x", { id: orderId });
    expect(answer.headers.get("content-type")).toBe("application/zip");
    const zip = Buffer.from(await answer.arrayBuffer());
    const names = namesIn(zip);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("NOT INCLUDED.txt");
    expect(names.filter((name) => /\.(obj|stl|ply)$/.test(name))).toHaveLength(scans.length - 1);
  });

  /** Names in a zip's central directory (APPNOTE 4.3.12). */
  function namesIn(zip: Buffer): string[] {
    const names: string[] = [];
    for (let at = zip.indexOf("PK\u0001\u0002"); at >= 0; at = zip.indexOf("PK\u0001\u0002", at + 4)) {
      const length = zip.readUInt16LE(at + 28);
      names.push(zip.toString("utf8", at + 46, at + 46 + length));
    }
    return names;
  }
});
