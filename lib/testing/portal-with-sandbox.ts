import type { Principal } from "#lib/access/principal.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import { closeConversionPool } from "#lib/scans/conversion-pool-of-process.ts";
import { makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import type { SandboxOptions } from "../../e2e/sandbox/settings.ts";
import { type Sandbox, startSandbox } from "../../e2e/sandbox/start-sandbox.ts";

export type PortalWithSandbox = { db: TestDatabase; sandbox: Sandbox; close: () => Promise<void> };

/** A database and the sandbox vendors, with the settings that join them. Call it in `beforeAll`, before anything reads a setting. */
export async function startPortalWithSandbox(options: SandboxOptions = {}): Promise<PortalWithSandbox> {
  const db = await createTestDatabase();
  const sandbox = await startSandbox({ port: 0, orders: 20, triangles: 2_000, ...options });
  Object.assign(process.env, {
    MEDITLINK_AUTH_URL: sandbox.meditlinkAuth,
    MEDITLINK_API_URL: sandbox.meditlinkApi,
    MEDITLINK_CLIENT_ID: sandbox.clientId,
    MEDITLINK_CLIENT_SECRET: sandbox.clientSecret,
    MEDITLINK_SCOPES: sandbox.scopes,
    MEDITLINK_ALLOW_PASSWORD_GRANT: "true",
    CADMUS_API_URL: sandbox.cadmusApi,
    ALLOWED_DOWNLOAD_HOSTS: [sandbox.meditlinkStorage, sandbox.cadmusStorage].map((url) => new URL(url).host).join(","),
  });
  return {
    db,
    sandbox,
    close: async () => {
      await closeConversionPool();
      await closeQueue();
      await sandbox.close();
      await db.drop();
    },
  };
}

/** An organisation whose admin has connected an account of the sandbox and has its orders here. */
export async function connectAccount(
  kind: Side,
  email: string,
  vendor = "meditlink",
): Promise<{ admin: Principal; connectionId: string }> {
  const admin = await makePrincipal(kind, "admin");
  const { id } = await createConnection(admin, { vendor, credentials: { email, password: "sandbox" } });
  await syncConnection({ organisationId: admin.organisationId, connectionId: id });
  return { admin, connectionId: id };
}

/** Our id of an order by the vendor's number. */
export async function orderIdOf(connectionId: string, number: number | string): Promise<string> {
  const row = await database().order.findUniqueOrThrow({
    where: { connectionId_number: { connectionId, number: String(number) } },
    select: { id: true },
  });
  return row.id;
}
