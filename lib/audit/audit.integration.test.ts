import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import type { Principal } from "#lib/access/principal.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { auditQuerySchema } from "./audit-schema.ts";
import { exportAudit } from "./export-audit.ts";
import { listAudit } from "./list-audit.ts";
import { verifyAudit } from "./verify-audit.ts";

let db: TestDatabase;
let admin: Principal;
let foreignAdmin: Principal;
const ORDER = "01a20094-b09a-7d0d-8747-482898dda9ad";

beforeAll(async () => {
  db = await createTestDatabase();
  admin = await adminOf("OneLab");
  foreignAdmin = await adminOf("Nordlab");
  await withOrganisation(
    admin.organisationId,
    async (tx) => {
      const order = { organisationId: admin.organisationId, subjectType: "order", subjectId: ORDER };
      await appendAudit(tx, { ...order, actorId: admin.userId, action: "order.opened" });
      await appendAudit(tx, { ...order, actorId: null, action: "decision.confirmed", facts: { kind: "accept" } });
      for (let i = 0; i < 1200; i++)
        await appendAudit(tx, {
          organisationId: admin.organisationId,
          actorId: admin.userId,
          action: "vendor.called",
          subjectType: "connection",
          subjectId: admin.organisationId,
        });
    },
    { timeout: 60_000 },
  );
}, 90_000);
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

async function adminOf(organisation: string): Promise<Principal> {
  const made = await bootstrapOrganisation({
    organisation,
    kind: "lab",
    email: `admin@${organisation.toLowerCase()}.example`,
    password: "correct horse",
  });
  return (await principalOf(new Headers({ authorization: `Bearer ${made.apiKey}` })))!;
}

const listed = async (filter: Record<string, string>) =>
  (await listAudit(admin, auditQuerySchema.parse(filter))).items.map((entry) => entry.action);

it("an admin narrows the trail by person, by what happened, by order and by day", async () => {
  expect(await listed({ subject: ORDER })).toEqual(["decision.confirmed", "order.opened"]);
  expect(await listed({ subject: ORDER, actor: admin.userId })).toEqual(["order.opened"]);
  expect(await listed({ subject: ORDER, actor: "system" })).toEqual(["decision.confirmed"]);
  expect(await listed({ action: "order.opened" })).toEqual(["order.opened"]);
  expect(await listed({ to: "2001-01-01T00:00:00Z" })).toEqual([]);
  expect(await listed({ subject: ORDER, from: "2001-01-01T00:00:00Z" })).toHaveLength(2);
});

it("the export holds every entry of its filter, newest first, and is an entry itself afterwards", async () => {
  const csv = await text(await exportAudit(admin, { action: "vendor.called" }));
  const lines = csv.trimEnd().split("\r\n");
  expect(lines).toHaveLength(1201);
  expect(lines[0]).toContain('"seq","at","actor"');
  const sequence = lines.slice(1).map((line) => Number(/^"(\d+)"/.exec(line)?.[1]));
  expect(sequence).toEqual(sequence.toSorted((a, b) => b - a));
  expect(lines.every((line, at) => at === 0 || /"[0-9a-f]{64}"$/.test(line))).toBe(true);
  expect(await listed({ action: "audit.exported" })).toEqual(["audit.exported"]);
});

it("nobody reads or exports another organisation's trail", async () => {
  expect(await text(await exportAudit(foreignAdmin, { subject: ORDER }))).not.toContain(ORDER);
  expect((await listAudit(foreignAdmin, auditQuerySchema.parse({ subject: ORDER }))).items).toEqual([]);
});

it("the trail verifies while the portal goes on writing it", async () => {
  const { organisationId } = admin;
  let isDone = false;
  const verifying = Promise.all([verifyAudit(), verifyAudit(), verifyAudit()]).finally(() => {
    isDone = true;
  });
  let written = 0;
  while (!isDone) {
    await withOrganisation(organisationId, (tx) =>
      appendAudit(tx, {
        organisationId,
        actorId: null,
        action: "vendor.called",
        subjectType: "connection",
        subjectId: organisationId,
      }),
    );
    written++;
  }
  expect(written).toBeGreaterThan(0);
  for (const verdicts of await verifying) expect(verdicts.map(({ brokenAt }) => brokenAt)).toEqual([null, null]);
});
