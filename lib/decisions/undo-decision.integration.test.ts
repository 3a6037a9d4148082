import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import type { Clock } from "#lib/clock.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { claimDecision } from "./claim-decision.ts";
import { requestDecision } from "./request-decision.ts";
import { requeueLeftBehind } from "./requeue-left-behind.ts";
import { undoDecision } from "./undo-decision.ts";

let db: TestDatabase;
let lab: Principal;
let orderId: string;

const later = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) });
const accept = (principal = lab, clock?: Clock) =>
  requestDecision(principal, { orderId, kind: "accept", body: {}, idempotencyKey: null }, clock);
const jobs = () =>
  database().$queryRaw<
    { start_after: Date; data: { decisionId: string } }[]
  >`SELECT start_after, data FROM jobs.job WHERE name = 'carry-out-decision' AND state < 'active'`;

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
  await database().organisation.update({ where: { id: lab.organisationId }, data: { undoSeconds: 5 } });
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});
beforeEach(async () => {
  await database().$executeRaw`DELETE FROM jobs.job`;
  [orderId] = (await insertOrders(await makeConnection(lab), [{ number: "1" }])) as [string];
});

it("a person's decision waits in the journal, its job with it, and its deadline counts from leaving", async () => {
  const decision = await accept();
  const waits = new Date(decision.leavesAt!).getTime() - new Date(decision.requestedAt).getTime();
  expect(waits).toBe(5_000);
  expect(new Date(decision.deadlineAt).getTime() - new Date(decision.leavesAt!).getTime()).toBe(15 * 60_000);
  const [job] = await jobs();
  expect(Math.abs(job!.start_after.getTime() - new Date(decision.leavesAt!).getTime())).toBeLessThan(1_000);
  expect(await claimDecision(lab.organisationId, decision.id)).toBeNull();
  expect(await claimDecision(lab.organisationId, decision.id, later(5_001))).toMatchObject({ state: "sending" });
});

it("taken back in time, nothing leaves, the order is as it was, and both are in its history", async () => {
  const { id } = await accept();
  expect(await undoDecision(lab, id)).toMatchObject({ state: "undone" });
  expect(await undoDecision(lab, id)).toMatchObject({ state: "undone" });
  expect(await claimDecision(lab.organisationId, id, later(60_000))).toBeNull();
  expect(await getOrder(lab, orderId)).toMatchObject({ status: "pending", decision: null });
  expect((await getOrder(lab, orderId)).actions).toContain("accept");
  const events = await database().orderEvent.findMany({ where: { orderId }, orderBy: { at: "asc" } });
  expect(events.map(({ kind }) => kind)).toEqual(["decision_requested", "decision_undone"]);
  expect(await database().auditEntry.count({ where: { action: "decision.undone", subjectId: orderId } })).toBe(1);
});

it("after a crash of everything the waiting decision gets its job again, for the moment it leaves", async () => {
  const decision = await accept();
  await database().$executeRaw`DELETE FROM jobs.job`;
  expect(await requeueLeftBehind()).toBeGreaterThan(0);
  const job = (await jobs()).find(({ data }) => data.decisionId === decision.id);
  expect(Math.abs(job!.start_after.getTime() - new Date(decision.leavesAt!).getTime())).toBeLessThan(1_000);
});

it("one that has left cannot be taken back, whoever comes first", async () => {
  const { id } = await accept();
  await claimDecision(lab.organisationId, id, later(5_001));
  await expect(undoDecision(lab, id)).rejects.toMatchObject({ code: "decision_left" });
  expect(await database().decision.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "sending" });
});

it("the try that sends and the taking back never both happen", async () => {
  for (let round = 0; round < 10; round++) {
    const [raced] = (await insertOrders(await makeConnection(lab), [{ number: "1" }])) as [string];
    const { id } = await requestDecision(lab, { orderId: raced, kind: "accept", body: {}, idempotencyKey: null });
    const [undone, claimed] = await Promise.allSettled([
      undoDecision(lab, id),
      claimDecision(lab.organisationId, id, later(5_001)),
    ]);
    const isSent = claimed.status === "fulfilled" && claimed.value !== null;
    expect(isSent).toBe(undone.status === "rejected");
  }
});

it("an API key's call is the decision: it leaves at once and cannot be taken back", async () => {
  const decision = await accept({ ...lab, via: "key:1" });
  expect(decision.leavesAt).toBeNull();
  await expect(undoDecision(lab, decision.id)).rejects.toMatchObject({ code: "decision_left" });
  expect(await claimDecision(lab.organisationId, decision.id)).toMatchObject({ state: "sending" });
});

it("where a vendor takes no decisions, what is kept here is taken back as long", async () => {
  const [kept] = (await insertOrders(await makeConnection(lab, "cadmus"), [{ number: "9" }])) as [string];
  const ask = () => requestDecision(lab, { orderId: kept, kind: "reject", body: {}, idempotencyKey: null });
  const first = await ask();
  expect(first).toMatchObject({ state: "confirmed", recordedOnly: true });
  await undoDecision(lab, first.id);
  expect(await getOrder(lab, kept)).toMatchObject({ status: "pending", decision: null });
  const second = await ask();
  await expect(undoDecision(lab, second.id, later(6_000))).rejects.toMatchObject({ code: "decision_left" });
});

it("nobody takes another organisation's decision back, nor does a viewer", async () => {
  const { id } = await accept();
  await expect(undoDecision(await makePrincipal(), id)).rejects.toMatchObject({ code: "not_found" });
  await expect(undoDecision({ ...lab, role: "viewer" }, id)).rejects.toMatchObject({ code: "forbidden" });
});
