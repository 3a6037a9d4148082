import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/database/database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

/** Runs one command as an administrator types it. */
function portal(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((settle) => {
    execFile(process.execPath, [join(import.meta.dirname, "portal.mjs"), ...args], (error, stdout, stderr) =>
      settle({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

const LAB = [
  "--org",
  "OneLab",
  "--kind",
  "lab",
  "--email",
  "ada@onelab.example",
  "--password",
  "correct horse battery",
];

test("bootstrap --json prints the new ids and the API key as one line and nothing else", async () => {
  const { code, stdout } = await portal("bootstrap", ...LAB, "--json");
  expect(code).toBe(0);
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  const printed = JSON.parse(stdout);
  expect(Object.keys(printed).sort()).toEqual(["apiKey", "organisationId", "userId"]);
  const organisation = await database().organisation.findUniqueOrThrow({
    where: { id: printed.organisationId },
    include: { members: true },
  });
  expect(organisation).toMatchObject({ name: "OneLab", kind: "lab" });
  expect(organisation.members).toMatchObject([{ userId: printed.userId, role: "admin" }]);
});

test("a member and a key are added to an organisation by its name", async () => {
  const person = ["--org", "OneLab", "--email", "tomas@onelab.example", "--role", "technician"];
  expect(await portal("user", "add", ...person, "--password", "correct horse battery")).toMatchObject({ code: 0 });
  const { stdout } = await portal("api-key", "add", ...person, "--json");
  expect(JSON.parse(stdout).apiKey).toMatch(/^cbk_/);
});

test("the audit trail that these commands wrote verifies, and no longer does after a change", async () => {
  expect(await portal("audit", "verify")).toMatchObject({ code: 0, stdout: expect.stringContaining("unbroken") });
  await database().$executeRaw`ALTER TABLE audit_entries DISABLE TRIGGER USER`;
  await database().$executeRaw`UPDATE audit_entries SET action = 'nothing.happened' WHERE seq = 2`;
  expect(await portal("audit", "verify")).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("BROKEN at entry 2"),
  });
});

test("a missing option is asked for by name", async () => {
  const { code, stderr } = await portal("bootstrap", "--org", "OneLab");
  expect(code).toBe(1);
  expect(stderr).toContain("--kind, --email, --password must be given");
});

test("a service's refusal is told in the portal's own words", async () => {
  const { code, stdout, stderr } = await portal("bootstrap", ...LAB.slice(0, -1), "another password", "--json");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("(e_mail_taken)");
});

test("doctor finds everything in order", async () => {
  const { code, stdout } = await portal("doctor", "--json");
  expect(JSON.parse(stdout).findings.filter((finding: { ok: boolean }) => !finding.ok)).toEqual([]);
  expect(code).toBe(0);
});

test("F53: keys are rotated by command; nothing is sealed twice with the same key", async () => {
  expect(await portal("keys", "rotate")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("0 value(s) are sealed with the first key now."),
  });
});
