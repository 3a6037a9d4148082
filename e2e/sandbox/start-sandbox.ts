import { cadmusApi } from "./cadmus-api.ts";
import { cadmusStorage } from "./cadmus-storage.ts";
import { control } from "./control.ts";
import type { Handler } from "./exchange.ts";
import { medisyncApi } from "./medisync-api.ts";
import { meditlinkApi } from "./meditlink-api.ts";
import { meditlinkAuth } from "./meditlink-auth.ts";
import { meditlinkStorage } from "./meditlink-storage.ts";
import { openDentalApi } from "./open-dental-api.ts";
import { OPEN_DENTAL_CUSTOMER_KEYS, OPEN_DENTAL_DEVELOPER_KEY } from "./open-dental-office.ts";
import { ScanFiles } from "./scan-files.ts";
import { seedCadmus } from "./seed-cadmus.ts";
import { seedMedisync } from "./seed-medisync.ts";
import { addPlannedOrder, seedOrders } from "./seed-orders.ts";
import { CLIENT_ID, CLIENT_SECRET, resolveOptions, type SandboxOptions, SCOPES } from "./settings.ts";
import { applySnapshot, StateFile } from "./state-file.ts";
import { Uploads } from "./uploads.ts";
import { startVendorServer, type VendorServer } from "./vendor-server.ts";
import { type SandboxUrls, World } from "./world.ts";

export interface Sandbox extends SandboxUrls {
  clientId: string;
  clientSecret: string;
  /** Space-separated, as the authorization request wants them. */
  scopes: string;
  openDentalDeveloperKey: string;
  /** By what they may do: full, documents, read, enterprise. */
  openDentalCustomerKeys: Record<keyof typeof OPEN_DENTAL_CUSTOMER_KEYS, string>;
  /** The true records: for tests that run the sandbox in their own process. */
  world: World;
  close(): Promise<void>;
}

/**
 * Starts the sandbox vendors on 127.0.0.1: MeditLink's authorization server, resource API and storage, Cadmus' API and
 * storage, the control port, Open Dental's and MediSync's API. Ready within a fraction of a second: meshes and archives are made on first request.
 * Rejects when a port is taken or the state of an earlier run cannot be read.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const resolved = resolveOptions(options);
  const world = new World(resolved);
  const stateFile = resolved.stateDir === undefined ? null : new StateFile(resolved.stateDir, world);
  const snapshot = stateFile?.read() ?? null;
  if (snapshot !== null) world.seededAt = snapshot.seededAt;
  seed(world);
  if (snapshot !== null) {
    world.created = snapshot.created;
    for (const created of snapshot.created) addPlannedOrder(world, created);
    applySnapshot(world, snapshot);
  }
  stateFile?.follow();
  stateFile?.flush();

  const scans = new ScanFiles(world);
  const uploads = new Uploads(world);
  const servers: VendorServer[] = [];
  const start = async (vendor: Parameters<typeof startVendorServer>[0], handler: Handler): Promise<string> => {
    const port = resolved.port === 0 ? 0 : resolved.port + servers.length;
    const server = await startVendorServer(vendor, port, handler, world);
    servers.push(server);
    return server.url;
  };
  const close = async (): Promise<void> => {
    uploads.close();
    await Promise.all(servers.map((server) => server.close()));
    await scans.close();
    stateFile?.flush();
  };
  try {
    world.urls = {
      meditlinkAuth: await start("meditlink-auth", meditlinkAuth(world)),
      meditlinkApi: await start("meditlink-api", meditlinkApi(world, scans)),
      meditlinkStorage: await start("meditlink-storage", meditlinkStorage(world, scans, uploads)),
      cadmusApi: await start("cadmus-api", cadmusApi(world)),
      cadmusStorage: await start("cadmus-storage", cadmusStorage(world, scans)),
      control: await start(
        "control",
        control(world, () => {
          world.clear();
          seed(world);
        }),
      ),
      openDental: `${await start("open-dental-api", openDentalApi(world))}/api/v1`,
      medisync: `${await start("medisync-api", medisyncApi(world))}/api`,
    };
  } catch (error) {
    await close();
    throw error;
  }
  uploads.resume();
  return {
    ...world.urls,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    scopes: SCOPES.join(" "),
    openDentalDeveloperKey: OPEN_DENTAL_DEVELOPER_KEY,
    openDentalCustomerKeys: OPEN_DENTAL_CUSTOMER_KEYS,
    world,
    close,
  };
}

function seed(world: World): void {
  seedOrders(world);
  seedCadmus(world);
  seedMedisync(world);
}
