import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { runSendRenewalReminder } from "#lib/jobs/send-renewal-reminder-job.ts";
import { insertOrders, insertScan } from "#lib/testing/orders-in-database.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { createVendorHttp } from "#lib/vendors/http.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import { readConnection } from "./list-connections.ts";
import { markOf, remindOfRenewal } from "./remind-of-renewal.ts";
import { withSession } from "./with-session.ts";

const LAB = "lab@onelab.example";
const DAY_MS = 86_400_000;

let portal: PortalWithSandbox;
let admin: Principal;
let id: string;

beforeAll(async () => {
  portal = await startPortalWithSandbox();
});
afterAll(() => portal.close());
beforeEach(async () => {
  portal.sandbox.world.faults.disarm();
  admin = await portal.makeOrganisation("OneLab");
  id = await connectByConsent(admin, LAB);
  portal.sandbox.world.calls.clear();
});

const health = async () => (await readConnection(admin, id)).health;
const identify = () => withSession(id, admin.organisationId, (session, vendor) => vendor.identify(session));
const misbehave = (status: number, headers: Record<string, string> = {}) =>
  portal.sandbox.world.faults.arm({ vendor: "meditlink-api", fault: { kind: "status", status, headers } });
const apiCalls = () => portal.sandbox.world.calls.since(0).filter((call) => call.vendor === "meditlink-api");
const jobs = async (queue: string) =>
  database().$queryRaw<{ data: Record<string, string> }[]>`
    SELECT data FROM jobs.job WHERE name = ${queue} AND data->>'organisationId' = ${admin.organisationId}`;

describe("F12: a vendor that says wait", () => {
  it("is heard by every process: none calls before the time", async () => {
    misbehave(429, { "Retry-After": "120" });
    await expect(identify()).rejects.toMatchObject({ kind: "rate_limited" });
    portal.sandbox.world.faults.disarm();
    const called = apiCalls().length;
    const anotherProcess = createVendorHttp();
    const endpoint = findVendor("meditlink")!.endpoints.find((one) => one.path.endsWith("/me"))!;
    const answer = withSession(id, admin.organisationId, (session) => anotherProcess.vendorFetch(session, endpoint));
    await expect(answer).rejects.toMatchObject({ kind: "rate_limited", noEffect: true });
    expect(apiCalls()).toHaveLength(called);
    const { pausedUntil, nextAttemptAt } = await health();
    const waitMs = Date.parse(pausedUntil!) - Date.now();
    expect(waitMs).toBeGreaterThan(110_000);
    expect(waitMs).toBeLessThan(121_000);
    expect(nextAttemptAt).toBe(pausedUntil);
  });

  it("is spoken with again when the time has come", async () => {
    await identify();
    await database().connectionHealth.upsert({
      where: { connectionId: id },
      create: { connectionId: id, organisationId: admin.organisationId, pausedUntil: new Date(Date.now() - 1) },
      update: { pausedUntil: new Date(Date.now() - 1) },
    });
    expect((await identify()).account).toBe(LAB);
    expect((await health()).pausedUntil).toBeNull();
  });
});

it("F10: a breaker that opened is seen, with the share of calls that failed", async () => {
  expect(await health()).toMatchObject({ breaker: "closed", pausedUntil: null });
  misbehave(503);
  for (let i = 0; i < 5; i++) await identify().catch(() => {});
  const { breaker, errorRate, nextAttemptAt } = await health();
  expect(breaker).toBe("open");
  expect(errorRate).toBeGreaterThan(0.5);
  expect(Date.parse(nextAttemptAt!)).toBeGreaterThan(Date.now());
});

it("F10: what another process found keeps this one from calling, until its time has come", async () => {
  const another = { breaker: "open", breakerNextTryAt: new Date(Date.now() + 60_000) };
  await database().connectionHealth.upsert({
    where: { connectionId: id },
    create: { connectionId: id, organisationId: admin.organisationId, ...another },
    update: another,
  });
  portal.sandbox.world.calls.clear();
  await expect(identify()).rejects.toMatchObject({ kind: "unavailable", noEffect: true });
  expect(portal.sandbox.world.calls.since(0).filter(({ vendor }) => vendor === "meditlink-api")).toEqual([]);
});

describe("a sign-in that ends", () => {
  const endsIn = (days: number) =>
    database().connection.update({
      where: { id },
      data: { refreshExpiresAt: new Date(Date.now() + days * DAY_MS) },
    });
  /** As time goes by: the end stays, now moves. */
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

  it.each([
    [8, null],
    [7, 7],
    [3.5, 7],
    [3, 3],
    [1.1, 3],
    [0.9, 1],
    [-1, null],
  ])("in %d days has passed the mark %s", (days, mark) => {
    expect(markOf(days * DAY_MS)).toBe(mark);
  });

  it("is told at seven, three and one day, each once, on the connection and to the admins", async () => {
    await endsIn(7.9);
    for (const [day, flag] of [
      [0, null],
      [1, 7],
      [2, 7],
      [5, 3],
      [7, 1],
    ] as const) {
      await remindOfRenewal(inDays(day));
      await remindOfRenewal(inDays(day));
      expect((await health()).renewWithinDays).toBe(flag);
    }
    const mails = await jobs("send-renewal-reminder");
    expect(mails.map(({ data }) => Number(data.days)).sort()).toEqual([1, 3, 7]);
    await runSendRenewalReminder(mails[0]!.data as never);
    const outbox = join(portal.db.dataDir, "outbox");
    const mail = readdirSync(outbox).map((name) => readFileSync(join(outbox, name), "utf8"));
    expect(mail.some((text) => text.includes("/connections") && text.includes("MeditLink"))).toBe(true);
  });

  it("passes its first mark in silence when it was just made, and a renewed one is another", async () => {
    await endsIn(6.9);
    await remindOfRenewal(new Date());
    expect((await health()).renewWithinDays).toBeNull();
    await remindOfRenewal(inDays(4.5));
    expect((await health()).renewWithinDays).toBe(3);
    await endsIn(30);
    expect((await health()).renewWithinDays).toBeNull();
    expect(await jobs("send-renewal-reminder")).toHaveLength(1);
  });
});

describe("a connection's own rhythm", () => {
  const orders = async (everyHours: number, lastHoursAgo: number, count = 20) => {
    const connection = await database().connection.findUniqueOrThrow({ where: { id } });
    const hour = 3_600_000;
    await insertOrders(
      connection,
      Array.from({ length: count }, (_, i) => ({
        receivedAt: new Date(Date.now() - (lastHoursAgo + i * everyHours) * hour),
      })),
    );
  };

  it.each([
    ["orders each six hours, none for three days, is quiet", 6, 72, 20, true],
    ["orders each six hours, none for twenty, is not", 6, 20, 20, false],
    ["an order a week, none for eight days, is not", 168, 192, 20, false],
    ["a handful of orders has no rhythm", 6, 300, 5, false],
  ])("%s", async (_, every, last, count, isQuiet) => {
    await orders(every, last, count);
    expect((await health()).quietSince !== null).toBe(isQuiet);
  });
});

it("what waited for somebody to sign in again goes on by itself", async () => {
  const connection = await database().connection.findUniqueOrThrow({ where: { id } });
  const [orderId] = await insertOrders(connection, [{}]);
  const { scanId } = await insertScan(admin.organisationId, orderId!);
  await database().scan.update({ where: { id: scanId }, data: { problem: "reconnect_needed" } });
  await database().decision.create({
    data: {
      organisationId: admin.organisationId,
      orderId: orderId!,
      kind: "accept",
      requestedBy: admin.userId,
      deadlineAt: new Date(Date.now() + 60_000),
      bodyHash: "-",
    },
  });
  await database().connection.update({ where: { id }, data: { state: "reconnect_needed" } });
  expect((await health()).parked).toEqual({ scans: 1, decisions: 1, orders: 0, jobs: 0 });
  expect((await health()).nextAttemptAt).toBeNull();
  expect(await connectByConsent(admin, LAB)).toBe(id);
  expect((await jobs("fetch-scan")).map(({ data }) => data.scanId)).toEqual([scanId]);
  expect(await jobs("carry-out-decision")).toHaveLength(1);
});
