import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { offerSetUp, setUp } from "./set-up.ts";
import { signIn } from "./sign-in.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

const headers = new Headers({ "x-forwarded-for": "192.0.2.40", "accept-language": "de-DE,de;q=0.9,en;q=0.8" });
const form = {
  organisation: "OneLab",
  kind: "lab",
  name: "Ada Admin",
  email: "Ada@OneLab.example",
  password: "correct horse",
  headers,
} as const;

/** What the start prints. */
async function printedToken(): Promise<string> {
  return new URL((await offerSetUp())!).searchParams.get("token")!;
}

it("a later start prints a new link, and only the newest one works", async () => {
  const older = await printedToken();
  await printedToken();
  await expect(setUp({ ...form, token: older })).rejects.toMatchObject({ code: "set_up_token_wrong" });
  expect(await database().organisation.count()).toBe(0);
});

it("a slip of the pen does not use the link up, and after it the admin signs in and goes on in the browser's language", async () => {
  const token = await printedToken();
  await expect(setUp({ ...form, token, password: "short" })).rejects.toMatchObject({ code: "weak_password" });
  await expect(setUp({ ...form, token, email: "ada at onelab" })).rejects.toMatchObject({ code: "invalid_body" });
  await setUp({ ...form, token });
  expect(await database().organisation.findFirstOrThrow()).toMatchObject({ name: "OneLab", kind: "lab" });
  expect(await database().member.findFirstOrThrow({ include: { user: true } })).toMatchObject({
    role: "admin",
    user: { email: "ada@onelab.example", name: "Ada Admin", locale: "de" },
  });
  await expect(signIn({ email: form.email, password: form.password, headers })).resolves.toBeTruthy();
});

it("once there is an organisation no link is offered, and none works", async () => {
  expect(await offerSetUp()).toBeNull();
  await expect(setUp({ ...form, token: "x".repeat(43) })).rejects.toMatchObject({ code: "already_set_up" });
  expect(await database().organisation.count()).toBe(1);
});
