import { afterAll, beforeAll, expect, it } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { connectAccount, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { fetchScan } from "./fetch-scan.ts";
import { retryScan } from "./retry-scan.ts";

/** What may happen to a scan on its way here that no row of the fault table names: what is published is the vendor's own, or nothing. */

let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };
let scanId: string;
let truth: string | null;

const rowOf = (id: string) => database().scan.findUniqueOrThrow({ where: { id } });

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 30 });
  lab = await connectAccount("lab", "lab@onelab.example");
  const answer = await fetch(`${portal.sandbox.control}/special-orders`);
  const special = Object.values((await answer.json()) as Record<string, number>).map(String);
  const where = { organisationId: lab.admin.organisationId, order: { number: { notIn: special } } };
  scanId = (await database().scan.findFirstOrThrow({ where })).id;
  await fetchScan(lab.admin.organisationId, scanId);
  truth = (await rowOf(scanId)).sha256;
  expect(truth).not.toBeNull();
}, 120_000);
afterAll(() => portal.close());

type Oddity = Pick<FaultOrder, "vendor" | "method" | "path" | "fault" | "count">;
const STORAGE = { vendor: "meditlink-storage", method: "GET" };
const ADDRESS = { vendor: "meditlink-api", method: "GET", path: "/v1/files/" };
const address = (set: Record<string, unknown>): Oddity => ({ ...ADDRESS, fault: { kind: "edit", set } });
const answered = (status: number, headers: Record<string, string>, body = ""): Oddity => ({
  ...STORAGE,
  fault: { kind: "status", status, headers, body },
});

const ODDITIES: Record<string, Oddity> = {
  "an address inside the house": address({ url: "https://169.254.169.254/latest/meta-data/" }),
  "an address inside the house, as one number": address({ url: "https://2852039166/latest/meta-data/" }),
  "an address of another host": address({ url: "https://evil.example/x.7z" }),
  "an address that only ends like the vendor's": address({ url: "https://evil-s3.amazonaws.com.evil.example/x.7z" }),
  "an address with a name and a password": address({ url: "https://a:b@x.s3.eu-west-1.amazonaws.com/x.7z" }),
  "an address without a lock": address({ url: "http://x.s3.eu-west-1.amazonaws.com/x.7z" }),
  "an address on this disk": address({ url: "file:///etc/passwd" }),
  "an address that is a number": address({ url: 7 }),
  "a list of addresses": address({ url: ["https://x.s3.amazonaws.com/x"] }),
  "a name that leads elsewhere": address({ "items.0.name": "../../../etc/cron.d/x.obj" }),
  "a name without an end": address({ "items.0.name": "ä".repeat(100_000) }),
  "a name to write the answer under": address({ downloadFileName: "../../x\r\nSet-Cookie: a=b" }),
  "no name": address({ "items.0.name": "" }),
  "a size of nothing": address({ "items.0.size": 0 }),
  "a size below nothing": address({ "items.0.size": -1 }),
  "a size as text": address({ "items.0.size": "12" }),
  "a size beyond all disks": address({ "items.0.size": 9e18 }),
  "a list of nulls": address({ items: [null] }),
  "no list": { ...ADDRESS, fault: { kind: "edit", unset: ["items"] } },
  "the same file twice": address({ "items.1": { name: "a.obj", size: 1, hashValue: "x", hashAlgorithm: "MD5" } }),
  "an end of the address that is over": address({ dateExpired: "2001-01-01T00:00:00Z" }),
  "a redirect into the house": answered(302, { location: "http://169.254.169.254/" }),
  "a redirect to itself": answered(307, { location: "?" }),
  "204": answered(204, {}),
  "an empty file": answered(200, { "content-type": "application/octet-stream" }),
  "a page to sign in": { ...STORAGE, fault: { kind: "html" } },
  "304 without having asked": answered(304, {}),
  "a part that nobody asked for": answered(206, { "content-range": "bytes 0-9/10" }, "0123456789"),
  "416 without having asked": answered(416, { "content-range": "bytes */1" }),
  "412": answered(412, {}),
  "451": answered(451, {}),
  "503 with a page": { ...STORAGE, fault: { kind: "html", status: 503 } },
  "a bomb": { ...STORAGE, fault: { kind: "gzipBomb" } },
  "said to be packed, and is not": {
    ...STORAGE,
    fault: { kind: "malformed", headers: { "content-encoding": "gzip" }, body: "no gzip" },
  },
  "another archive": { ...STORAGE, fault: { kind: "malformed", body: "PK\u0003\u0004 another archive" } },
  "a mesh that is not packed": {
    ...STORAGE,
    fault: { kind: "malformed", body: "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n" },
  },
  "bytes behind the end": { ...STORAGE, fault: { kind: "pad" } },
  "no answer of the vendor's": { ...ADDRESS, fault: { kind: "reset" } },
  "202 for ever so long": {
    ...ADDRESS,
    fault: { kind: "status", status: 202, headers: { "retry-after": "31536000" } },
  },
  "403 for one file": { ...ADDRESS, fault: { kind: "status", status: 403 } },
};

it.each(Object.entries(ODDITIES))("%s: what is published is the vendor's own, or nothing", async (_, oddity) => {
  const { faults, calls } = portal.sandbox.world;
  const { organisationId } = lab.admin;
  const data = { state: "waiting", attempts: 0, problem: null, sha256: null };
  await database().scan.update({ where: { id: scanId }, data });
  faults.disarm();
  calls.clear();
  faults.arm({ ...oddity, count: oddity.count ?? 4 });
  await fetchScan(organisationId, scanId);
  expect(faults.list()[0]!.fired, "the oddity was met").toBeGreaterThan(0);
  expect(calls.since(0).length, "calls for it").toBeLessThanOrEqual(12);
  const met = await rowOf(scanId);
  expect([met.state, met.sha256]).toEqual(
    met.state === "ready" ? ["ready", truth] : [expect.stringMatching(/^(waiting|failed)$/), null],
  );
  faults.disarm();
  if (met.state === "failed") await retryScan(lab.admin, scanId);
  await fetchScan(organisationId, scanId);
  const { state, problem, sha256 } = await rowOf(scanId);
  expect({ state, problem, sha256 }).toEqual({ state: "ready", problem: null, sha256: truth });
});

it("a line that breaks again and again brings the file in one go, as long as each time brings it further", async () => {
  const { faults, calls } = portal.sandbox.world;
  await database().scan.update({ where: { id: scanId }, data: { state: "waiting", attempts: 0, sha256: null } });
  faults.disarm();
  calls.clear();
  faults.arm({ ...STORAGE, fault: { kind: "truncate" }, count: 6 });
  await fetchScan(lab.admin.organisationId, scanId);
  expect(faults.list()[0]!.fired).toBe(6);
  expect(await rowOf(scanId)).toMatchObject({ state: "ready", sha256: truth });
  expect(calls.since(0).filter(({ vendor }) => vendor === "meditlink-storage")).toHaveLength(7);
});
