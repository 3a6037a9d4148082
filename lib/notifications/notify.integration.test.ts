import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { runSendNotification } from "#lib/jobs/send-notification-job.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import { addPrincipal, insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import {
  addNotificationRule,
  changeNotificationRule,
  listNotificationRules,
  removeNotificationRule,
} from "./notification-rules.ts";
import { notify } from "./notify.ts";

let db: TestDatabase;
let admin: Principal;
let technician: Principal;
let orders: string[];

beforeAll(async () => {
  db = await createTestDatabase();
  admin = await makePrincipal("lab", "admin");
  technician = await addPrincipal(admin.organisationId, "lab", "technician");
  const connection = await makeConnection(admin);
  orders = await insertOrders(connection, [
    { number: "7001", receivedAt: new Date(), patient: { patientName: "Ada Quill" } },
    { number: "7002", receivedAt: new Date("2020-01-01T00:00:00Z") },
    { number: "7003", status: "accepted", dueOn: new Date().toISOString().slice(0, 10) },
  ]);
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

const soon = (seconds: number) => new Date(Date.now() + seconds * 1000);

async function happen(orderId: string, kind: string): Promise<void> {
  const { organisationId } = admin;
  await withOrganisation(organisationId, (tx) => recordOrderEvent(tx, { organisationId, orderId, kind }));
}

/** Mails that were asked for since the last time, and takes them off the queue. */
async function asked(): Promise<JobPayload<"send-notification">[]> {
  const rows = await database().$queryRaw<{ data: JobPayload<"send-notification"> }[]>`
    DELETE FROM jobs.job WHERE name = 'send-notification' RETURNING data`;
  return rows.map((row) => row.data);
}

it("a technician is told once of orders that are new, not of the years a new account brings", async () => {
  await addNotificationRule(admin, { event: "order_arrived", timing: "at_once", recipients: [technician.userId] });
  for (const id of orders.slice(0, 2)) await happen(id, "order_arrived");
  await notify(soon(60));
  const [mail, ...more] = await asked();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ userId: technician.userId, event: "order_arrived", subjects: [orders[0]], total: 1 });
  await notify(soon(120));
  expect(await asked()).toEqual([]);

  await runSendNotification(mail!);
  const outbox = join(db.dataDir, "outbox");
  const letters = readdirSync(outbox).map((name) => readFileSync(join(outbox, name), "utf8"));
  expect(letters).toHaveLength(1);
  expect(letters[0]).toContain("7001");
  expect(letters[0]).not.toContain("Quill");
});

it("a decision that did not go through is told, a confirmed one is not", async () => {
  await addNotificationRule(admin, { event: "decision_trouble", timing: "at_once", recipients: [admin.userId] });
  await happen(orders[0]!, "decision_confirmed");
  await happen(orders[2]!, "decision_conflict");
  await notify(soon(240));
  expect(await asked()).toMatchObject([{ event: "decision_trouble", subjects: [orders[2]] }]);
});

it("what is due is told once a day, in the morning", async () => {
  const rule = await addNotificationRule(admin, { event: "due_soon", timing: "at_once", recipients: [admin.userId] });
  expect(rule.timing).toBe("daily");
  const day = new Date().toISOString().slice(0, 10);
  await database().notificationRule.update({ where: { id: rule.id }, data: { seenAt: new Date(`${day}T00:00:00Z`) } });
  await notify(new Date(`${day}T02:00:00Z`));
  expect(await asked()).toEqual([]);
  await notify(new Date(`${day}T11:00:00Z`));
  expect(await asked()).toMatchObject([{ event: "due_soon", subjects: [orders[2]] }]);
  await notify(new Date(`${day}T12:00:00Z`));
  expect(await asked()).toEqual([]);
});

it("somebody who left the organisation gets no mail", async () => {
  const letters = () => (existsSync(join(db.dataDir, "outbox")) ? readdirSync(join(db.dataDir, "outbox")).length : 0);
  const before = letters();
  await database().member.deleteMany({ where: { organisationId: admin.organisationId, userId: technician.userId } });
  const { organisationId } = admin;
  const event = { organisationId, event: "order_arrived" as const, subjects: [orders[0]!], total: 1 };
  await runSendNotification({ ...event, userId: technician.userId });
  expect(letters()).toBe(before);
});

it("rules are an admin's, of one organisation, and for its members", async () => {
  const outsider = await makePrincipal("lab", "admin");
  const body = { event: "order_closed", timing: "daily", recipients: [admin.userId] } as const;
  const rule = await addNotificationRule(admin, { ...body, recipients: [...body.recipients] });
  await expect(removeNotificationRule(outsider, rule.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(
    changeNotificationRule(admin, rule.id, { ...body, recipients: [outsider.userId] }),
  ).rejects.toMatchObject({ code: "invalid_body" });
  await expect(listNotificationRules({ ...admin, role: "technician" })).rejects.toMatchObject({ code: "forbidden" });
  await removeNotificationRule(admin, rule.id);
  expect((await listNotificationRules(admin)).some(({ id }) => id === rule.id)).toBe(false);
});
