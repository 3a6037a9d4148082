import { expect } from "@playwright/test";
import { type Credentials, demoSignIn } from "./fixtures.ts";
import { runCommand } from "./run-command.ts";

/**
 * A person nobody else is: what a spec changes for a member (columns, keys, language) must not meet the specs that run beside it.
 * @param beside whose organisation they belong to, e.g. `other-lab-technician`
 */
export async function addPerson(beside: string, role: "admin" | "technician" | "viewer"): Promise<Credentials> {
  const email = `${role}-${crypto.randomUUID()}@people.example`;
  const password = "a bench of one's own";
  const values = { org: demoSignIn(beside).organisation, email, password, role, name: "Robin Own" };
  const options = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
  expect(await runCommand("portal.mjs", "user", "add", ...options)).toMatchObject({ code: 0 });
  return { email, password };
}
