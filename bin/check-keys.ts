import pg from "pg";
import { StartProblem } from "./start-problem.ts";

/**
 * A portal whose sealing keys do not open what is stored does not start: it would show errors instead of names, and seal anew with
 * a key that nobody may have kept.
 * @throws {StartProblem} naming the key and what to do
 */
export async function checkKeys(databaseUrl: string, sealingKeys: string): Promise<void> {
  const [{ checkSealingKeys }, { parseKeyring }] = await Promise.all([
    import("#lib/crypto/check-sealing-keys.ts"),
    import("#lib/crypto/keyring.ts"),
  ]);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await checkSealingKeys(async (sql, ...values) => (await client.query(sql, values)).rows, parseKeyring(sealingKeys));
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("SEALING_KEYS")) throw new StartProblem(error.message);
    throw error;
  } finally {
    await client.end();
  }
}
