import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import { signIn } from "#lib/access/sign-in.ts";
import { AppError } from "#lib/errors.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

const PASSWORD = "correct horse battery";
const VICTIM = "victim@onelab.example";
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  for (const email of [VICTIM, "second@onelab.example"])
    await bootstrapOrganisation({ organisation: email, kind: "lab", email, password: PASSWORD });
});
afterAll(() => db.drop());

/** @returns "in", or the code that the caller is told */
async function attempt(email: string, password: string, place: string): Promise<string> {
  try {
    await signIn({ email, password, headers: new Headers({ "x-forwarded-for": place }) });
    return "in";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** As many at once as a browser farm would send to one process. */
async function storm(tries: number, one: (i: number) => Promise<string>): Promise<Map<string, number>> {
  const answers = new Map<string, number>();
  let next = 0;
  const hands = Array.from({ length: 16 }, async () => {
    for (let i = next++; i < tries; i = next++) {
      const answer = await one(i);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
  });
  await Promise.all(hands);
  return answers;
}

describe("F59: a login storm", () => {
  it("from one place against one account is slowed after ten tries, and the owner signs in elsewhere", async () => {
    const answers = await storm(80, (i) => attempt(VICTIM, `guess ${i}`, "198.51.100.1"));
    expect([...answers.keys()].sort()).toEqual(["too_many_attempts", "wrong_credentials"]);
    expect(answers.get("wrong_credentials")).toBe(10);
    expect(await attempt(VICTIM, PASSWORD, "203.0.113.20")).toBe("in");
  });

  it("that rotates addresses inside one IPv6 /64, or writes addresses in front, is one place", async () => {
    const rotating = await storm(40, (i) =>
      attempt("second@onelab.example", "guess", `2001:db8:1:2::${i.toString(16)}`),
    );
    expect(rotating.get("wrong_credentials")).toBe(10);
    const spoofing = await storm(40, (i) => attempt(VICTIM, "guess", `192.0.2.${i}, 198.51.100.77`));
    expect(spoofing.get("wrong_credentials")).toBe(10);
  });

  it("that sprays one password over many accounts is slowed by its place", async () => {
    const answers = await storm(160, (i) => attempt(`nobody${i}@spray.example`, "Summer2026", "198.51.100.9"));
    expect(answers.get("wrong_credentials")).toBe(100);
    expect(answers.get("too_many_attempts")).toBe(60);
  });

  it("is not a practice whose people know their passwords, however many sign in behind one address", async () => {
    for (let i = 0; i < 110; i++) expect(await attempt("second@onelab.example", PASSWORD, "198.51.100.55")).toBe("in");
    const guesses = await storm(20, (i) => attempt(`nobody${i}@spray.example`, "Summer2026", "198.51.100.55"));
    expect(Object.fromEntries(guesses)).toEqual({ wrong_credentials: 20 });
  });

  it("tells nobody whether an account exists, by words or by count", async () => {
    const known = await storm(20, (i) => attempt("second@onelab.example", `guess ${i}`, "198.51.100.31"));
    const unknown = await storm(20, (i) => attempt("stranger@onelab.example", `guess ${i}`, "198.51.100.32"));
    expect(Object.fromEntries(unknown)).toEqual(Object.fromEntries(known));
  });

  it("with look-alike letters, enormous passwords or no address at all ends in the same refusal", async () => {
    const odd = [
      "victim@оnelab.example",
      "VICTIM@onelab.example\u0000",
      "victim@onelab.example%00",
      "",
      "a".repeat(5_000),
    ];
    for (const email of odd) expect(await attempt(email, "guess", "198.51.100.40")).toBe("wrong_credentials");
    expect(await attempt(VICTIM, "x".repeat(1_000_000), "198.51.100.41")).toBe("wrong_credentials");
  });

  it("leaves those who know their password signing in meanwhile", async () => {
    const attack = storm(60, (i) => attempt(`nobody${i}@spray.example`, "guess", `198.51.101.${i}`));
    const took: number[] = [];
    for (let i = 0; i < 5; i++) {
      const startedAt = performance.now();
      expect(await attempt("second@onelab.example", PASSWORD, `203.0.113.${30 + i}`)).toBe("in");
      took.push(performance.now() - startedAt);
    }
    const answers = await attack;
    expect(answers.get("in")).toBeUndefined();
    expect(Math.max(...took)).toBeLessThan(5_000);
  });
});
