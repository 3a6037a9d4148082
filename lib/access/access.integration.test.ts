import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyAudit } from "#lib/audit/verify-audit.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { closeQueue, enqueue } from "#lib/jobs/queue.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { addMember } from "./add-member.ts";
import { bootstrapOrganisation } from "./bootstrap-organisation.ts";
import { normaliseEmail } from "./normalise-email.ts";
import { principalOf } from "./principal-of.ts";
import { signIn } from "./sign-in.ts";

let db: TestDatabase;
let lab: Awaited<ReturnType<typeof bootstrapOrganisation>>;
let other: Awaited<ReturnType<typeof bootstrapOrganisation>>;
const from = (place: string) => new Headers({ "x-forwarded-for": place });

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await bootstrapOrganisation({
    organisation: "OneLab",
    kind: "lab",
    email: "Admin@OneLab.example",
    password: "correct horse",
  });
  other = await bootstrapOrganisation({
    organisation: "Nordlab",
    kind: "lab",
    email: "admin@nordlab.example",
    password: "battery staple",
  });
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

describe("signing in", () => {
  it("takes the right password in any spelling of the address, and refuses a wrong one and an unknown person alike", async () => {
    await expect(
      signIn({ email: " admin@ONELAB.example ", password: "correct horse", headers: from("192.0.2.1") }),
    ).resolves.toMatchObject({ userId: lab.userId });
    await expect(
      signIn({ email: "admin@onelab.example", password: "wrong", headers: from("192.0.2.1") }),
    ).rejects.toMatchObject({ code: "wrong_credentials" });
    await expect(
      signIn({ email: "nobody@onelab.example", password: "wrong", headers: from("192.0.2.1") }),
    ).rejects.toMatchObject({ code: "wrong_credentials" });
  });

  it("slows a guesser down without locking the account's owner out", async () => {
    for (let i = 0; i < 10; i++)
      await signIn({ email: "admin@nordlab.example", password: `guess ${i}`, headers: from("198.51.100.7") }).catch(
        () => {},
      );
    await expect(
      signIn({ email: "admin@nordlab.example", password: "battery staple", headers: from("198.51.100.7") }),
    ).rejects.toMatchObject({ code: "too_many_attempts" });
    await expect(
      signIn({ email: "admin@nordlab.example", password: "battery staple", headers: from("203.0.113.9") }),
    ).resolves.toBeDefined();
  });
});

describe("an e-mail address", () => {
  it("may be as short as a@b.c, and never holds letters that only look alike", () => {
    expect(normaliseEmail(" A@b.C ")).toBe("a@b.c");
    for (const wrong of ["a", "@b.c", "a@", "a b@c.d", "аdmin@onelab.example", "a@b@c"])
      expect(() => normaliseEmail(wrong)).toThrow();
  });
});

describe("an API key", () => {
  const bearer = (key: string) => new Headers({ authorization: `Bearer ${key}` });

  it("acts as its organisation and role", async () => {
    expect(await principalOf(bearer(lab.apiKey))).toMatchObject({
      organisationId: lab.organisationId,
      role: "admin",
      organisationKind: "lab",
    });
  });

  it("is nobody when a character is changed or it was revoked", async () => {
    expect(await principalOf(bearer(`${lab.apiKey.slice(0, -2)}zz`))).toBeNull();
    const [row] = await database().apiKey.findMany({ where: { organisationId: other.organisationId } });
    await database().apiKey.update({ where: { id: row!.id }, data: { revokedAt: new Date() } });
    expect(await principalOf(bearer(other.apiKey))).toBeNull();
  });

  it("never does more than the person who made it may do now", async () => {
    const { userId } = await addMember({
      organisationId: lab.organisationId,
      email: "t@onelab.example",
      password: "longer than eight",
      role: "viewer",
    });
    const { createApiKey } = await import("./create-api-key.ts");
    const { key } = await createApiKey({
      organisationId: lab.organisationId,
      userId,
      role: "technician",
      name: "robot",
    });
    expect(await principalOf(bearer(key))).toMatchObject({ role: "viewer" });
    await database().member.deleteMany({ where: { userId } });
    expect(await principalOf(bearer(key))).toBeNull();
  });
});

describe("row-level security", () => {
  it("shows one organisation nothing of another, even to a query that forgets to ask", async () => {
    const rows = await withOrganisation(lab.organisationId, (tx) => tx.member.findMany());
    expect(new Set(rows.map((r) => r.organisationId))).toEqual(new Set([lab.organisationId]));
    expect(await withOrganisation(lab.organisationId, (tx) => tx.organisation.findMany())).toHaveLength(1);
    await expect(
      withOrganisation(lab.organisationId, (tx) =>
        tx.member.create({ data: { organisationId: other.organisationId, userId: lab.userId, role: "admin" } }),
      ),
    ).rejects.toThrow();
    await expect(withOrganisation(lab.organisationId, (tx) => tx.user.findMany())).rejects.toThrow(); // passwords are not readable
  });

  it("lets the trail grow but never change", async () => {
    await expect(withOrganisation(lab.organisationId, (tx) => tx.auditEntry.deleteMany())).rejects.toThrow();
    await expect(
      withOrganisation(lab.organisationId, (tx) => tx.auditEntry.updateMany({ data: { action: "x" } })),
    ).rejects.toThrow();
  });
});

describe("the audit trail", () => {
  it("verifies as written and names the first entry that was changed", async () => {
    expect((await verifyAudit()).every((v) => v.brokenAt === null && v.entries > 0)).toBe(true);
    await database().auditEntry.update({
      where: { organisationId_seq: { organisationId: lab.organisationId, seq: 2n } },
      data: { action: "nothing.happened" },
    });
    expect((await verifyAudit()).find((v) => v.organisationId === lab.organisationId)?.brokenAt).toBe("2");
  });
});

describe("a job", () => {
  it("is there only if the change that needs it is, and waits once", async () => {
    const payload = { organisationId: lab.organisationId, connectionId: lab.userId };
    const jobs = () => database().$queryRaw<unknown[]>`SELECT 1 FROM jobs.job WHERE name = 'sync-connection'`;
    await withOrganisation(lab.organisationId, async (tx) => {
      await enqueue(tx, "sync-connection", payload);
      throw new Error("changed my mind");
    }).catch(() => {});
    expect(await jobs()).toHaveLength(0);
    const first = await withOrganisation(lab.organisationId, (tx) => enqueue(tx, "sync-connection", payload));
    const second = await withOrganisation(lab.organisationId, (tx) => enqueue(tx, "sync-connection", payload));
    expect(first).toEqual(expect.any(String));
    expect(second).toBeNull();
    expect(await jobs()).toHaveLength(1);
  });
});
