/**
 * A process of its own that asks for a connection's session as a web process does (F01): arguments are the organisation's and the
 * connection's id; each line on standard input is a number of callers at once, answered by a line with the tokens they got.
 */
import { createInterface } from "node:readline";
import { withSession } from "#lib/connections/with-session.ts";
import { closeDatabase } from "#lib/database/database.ts";

const [, , organisationId = "", connectionId = ""] = process.argv;

const askOnce = () => withSession(connectionId, organisationId, async ({ accessToken }) => accessToken);

await askOnce(); // everything is loaded and connected
process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const tokens = await Promise.all(Array.from({ length: Number(line) }, askOnce));
  process.stdout.write(`${JSON.stringify(tokens)}\n`);
}
await closeDatabase();
