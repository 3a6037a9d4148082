import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { acceptInvitation, invite } from "#lib/access/invitations.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { runSendInvitation } from "#lib/jobs/send-invitation-job.ts";
import { runSendPasswordReset } from "#lib/jobs/send-password-reset-job.ts";
import { MailServer } from "#lib/testing/mail-server.ts";
import { makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

/** Through a mail server, as a portal with SMTP_URL does. */
const server = new MailServer();
let db: TestDatabase;
let admin: Principal;

beforeAll(async () => {
  db = await createTestDatabase();
  Object.assign(process.env, { SMTP_URL: await server.start(), MAIL_FROM: "Casebench <no-reply@lab.example>" });
  admin = await makePrincipal("lab", "admin");
});
beforeEach(() => {
  server.mails.length = 0;
});
afterAll(async () => {
  delete process.env.SMTP_URL;
  await server.stop();
  await closeQueue();
  await db.drop();
});

const linkIn = (raw: string, path: string) =>
  new RegExp(`${path}\\?token=([\\w-]+)`).exec(raw.replace(/=\r\n/g, "").replaceAll("=3D", "="))![1]!;

it("an invitation arrives by mail, and its link makes a member", async () => {
  const { organisationId } = admin;
  const invitation = await invite(admin, { email: "nele@lab.example", role: "technician" });
  await runSendInvitation({ organisationId, invitationId: invitation.id });
  const [mail] = server.mails;
  expect(mail).toMatchObject({ from: "no-reply@lab.example", to: ["nele@lab.example"] });
  expect(mail!.raw).toMatch(/^Subject: .*A lab/m);
  const token = linkIn(mail!.raw, "/invitation");
  await acceptInvitation({ token, name: "Nele Neu", password: "a bench in the morning", headers: new Headers() });
  const member = await database().member.findFirstOrThrow({
    where: { organisationId, user: { email: "nele@lab.example" } },
  });
  expect(member.role).toBe("technician");
});

it("a mail that the server refuses fails its job, and the next try brings a link that works", async () => {
  const { organisationId } = admin;
  const invitation = await invite(admin, { email: "late@lab.example", role: "viewer" });
  const job = { organisationId, invitationId: invitation.id };
  server.refused.add("late@lab.example");
  await expect(runSendInvitation(job)).rejects.toThrow(/nobody of that name/);
  expect(server.mails).toEqual([]);
  server.refused.clear();
  await runSendInvitation(job);
  expect(linkIn(server.mails[0]!.raw, "/invitation")).toMatch(/^[\w-]{40,}$/);
});

it("a forgotten password's link arrives by mail, in the person's language", async () => {
  await database().user.update({ where: { id: admin.userId }, data: { locale: "de" } });
  await runSendPasswordReset({ userId: admin.userId });
  expect(server.mails).toHaveLength(1);
  expect(linkIn(server.mails[0]!.raw, "/reset-password")).toMatch(/^[\w-]{40,}$/);
  expect(server.mails[0]!.raw).toMatch(/Guten Tag/);
});
