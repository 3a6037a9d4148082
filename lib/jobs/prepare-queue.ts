import pg from "pg";
import { PgBoss } from "pg-boss";
import { QUEUE_SCHEMA } from "#lib/jobs/queue.ts";
import { QUEUE_NAMES, QUEUES } from "#lib/jobs/queue-schema.ts";

/** A worker that is silent this long is dead and its jobs go to another, in seconds (pg-boss's floor is 10). */
const HEARTBEAT_SECONDS = 15;

/**
 * Brings the job tables and queues up to date; run after the migrations, safe to run again.
 * Tenants may put jobs in (a job commits with the change that needs it); payloads hold ids only.
 */
export async function prepareQueue(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
  });
  boss.on("error", () => {}); // start() and createQueue() throw what matters
  await boss.start();
  for (const name of QUEUE_NAMES) {
    const options = {
      retryLimit: QUEUES[name].retryLimit,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: 3600,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deleteAfterSeconds: 24 * 3600,
      notify: true,
    };
    if (await boss.getQueue(name)) await boss.updateQueue(name, options);
    else await boss.createQueue(name, { ...options, policy: "short" });
  }
  await boss.stop({ graceful: false, close: true });
  await grantToTenant(databaseUrl);
}

async function grantToTenant(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`
      GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO casebench_tenant;
      GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO casebench_tenant;
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO casebench_tenant;
    `);
  } finally {
    await client.end();
  }
}
