import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { database } from "#lib/database/database.ts";
import { LEFT } from "#lib/jobs/left-jobs.ts";

const shared = globalThis as typeof globalThis & { casebenchMetrics?: Registry };

/** Counts over the whole installation, in Prometheus' text format: no organisation, no person can be told from them. */
export async function readMetrics(): Promise<{ text: string; contentType: string }> {
  shared.casebenchMetrics ??= makeRegistry();
  return { text: await shared.casebenchMetrics.metrics(), contentType: shared.casebenchMetrics.contentType };
}

function makeRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "casebench_" });
  gaugeBy(
    registry,
    "casebench_orders",
    "Orders by status",
    "status",
    () => database().$queryRaw`SELECT status AS label, sum(n)::int AS n FROM order_counts WHERE NOT hidden GROUP BY 1`,
  );
  gaugeBy(
    registry,
    "casebench_connections",
    "Connections by state",
    "state",
    () => database().$queryRaw`SELECT state AS label, count(*)::int AS n FROM connections GROUP BY 1`,
  );
  gaugeBy(
    registry,
    "casebench_decisions",
    "Decisions by state",
    "state",
    () => database().$queryRaw`SELECT state AS label, count(*)::int AS n FROM decisions GROUP BY 1`,
  );
  gaugeBy(
    registry,
    "casebench_scans",
    "Scans by state",
    "state",
    () => database().$queryRaw`SELECT state AS label, count(*)::int AS n FROM scans GROUP BY 1`,
  );
  gaugeBy(
    registry,
    "casebench_jobs",
    "Jobs waiting or running by queue",
    "queue",
    () =>
      database().$queryRaw`SELECT name AS label, count(*)::int AS n FROM jobs.job WHERE state < 'completed' GROUP BY 1`,
  );
  gaugeBy(
    registry,
    "casebench_jobs_left",
    "Jobs of another version that no worker here understands, by queue",
    "queue",
    () =>
      database().$queryRaw`
        SELECT name AS label, count(*)::int AS n FROM jobs.job WHERE state < 'active' AND group_id = ${LEFT} GROUP BY 1`,
  );
  return registry;
}

function gaugeBy(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  read: () => Promise<{ label: string; n: number }[]>,
): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    async collect() {
      const rows = await read();
      this.reset();
      for (const row of rows) this.set({ [label]: row.label }, row.n);
    },
  });
}
