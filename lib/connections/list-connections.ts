import type { Connection } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import type { ConnectionHealthView, ConnectionView, VendorOffer } from "#lib/connections/connection-schema.ts";
import { featuresOf } from "#lib/connections/features-of.ts";
import { readHealth } from "#lib/connections/read-health.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import { PASSWORD_FIELDS } from "#lib/vendors/credential-field.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import { lacksScope } from "#lib/vendors/lacks-scope.ts";
import { findVendor, listVendors } from "#lib/vendors/registry.ts";
import type { Vendor } from "#lib/vendors/vendor.ts";

/** The organisation's connections, and what can be connected here. */
export async function listConnections(
  principal: Principal,
): Promise<{ items: ConnectionView[]; vendors: VendorOffer[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const items = await withOrganisation(organisationId, async (tx) => {
    const rows = await tx.connection.findMany({
      where: { organisationId, state: { not: "disconnected" } },
      orderBy: { createdAt: "asc" },
    });
    const counts = await countOrders(tx, organisationId);
    const health = await readHealth(tx, organisationId, rows, new Date());
    return rows.map((row) => toView(row, counts.get(row.id) ?? 0, health.get(row.id)!));
  });
  return { items, vendors: listVendors().map(toOffer) };
}

/** @throws {AppError} not_found */
export async function readConnection(principal: Principal, id: string): Promise<ConnectionView> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const row = await tx.connection.findFirst({ where: { id, organisationId, state: { not: "disconnected" } } });
    if (!row) throw new AppError("not_found");
    const health = await readHealth(tx, organisationId, [row], new Date());
    return toView(row, (await countOrders(tx, organisationId, id)).get(id) ?? 0, health.get(id)!);
  });
}

async function countOrders(
  tx: TenantTransaction,
  organisationId: string,
  connectionId?: string,
): Promise<Map<string, number>> {
  const sums = await tx.orderCount.groupBy({
    by: ["connectionId"],
    where: { organisationId, connectionId },
    _sum: { n: true },
  });
  return new Map(sums.map((sum) => [sum.connectionId, sum._sum.n ?? 0]));
}

function toView(row: Connection, ordersHere: number, health: ConnectionHealthView): ConnectionView {
  const vendor = findVendor(row.vendor);
  const side = row.side as Side;
  return {
    id: row.id,
    vendor: row.vendor,
    vendorName: vendor?.name ?? row.vendor,
    account: row.account,
    groupName: row.groupName,
    side,
    region: row.region,
    state: row.state as ConnectionView["state"],
    lastSyncAt: row.lastSyncAt?.toISOString() ?? null,
    sync: isSyncing(row)
      ? { startedAt: row.syncStartedAt!.toISOString(), seen: row.syncSeen, total: row.syncTotal }
      : null,
    ordersHere,
    ordersUpstream: row.ordersUpstream,
    // A key has no end; what stands in the row is a day that is never reached.
    accessExpiresAt: vendor?.auth.kind === "key" ? null : (row.accessExpiresAt?.toISOString() ?? null),
    refreshExpiresAt: row.refreshExpiresAt?.toISOString() ?? null,
    pauseMs: vendor?.auth.kind === "key" ? vendor.auth.pauseMs(row.grantedScopes) : null,
    grantedScopes: row.grantedScopes,
    missingScopes: row.missingScopes,
    capabilities: vendor ? capabilitiesOf(vendor, side, row.missingScopes) : [],
    features: vendor ? featuresOf(vendor, { ...row, side }) : [],
    serverName: serverNameOf(vendor, row.region) ?? vendor?.name ?? row.vendor,
    unmappedKeys: row.unmappedKeys as Record<string, number>,
    problem: row.problem,
    problemAt: row.problemAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    health,
  };
}

/** A run is under way when the last one that began has neither ended whole nor run into a problem. */
function isSyncing({ syncStartedAt, lastSyncAt, problemAt, state }: Connection): boolean {
  if (!syncStartedAt || state !== "connected") return false;
  return ![lastSyncAt, problemAt].some((ended) => ended && ended >= syncStartedAt);
}

/** What this side can do at the vendor, without what needs a scope that was not granted. */
function capabilitiesOf(vendor: Vendor, side: Side, missingScopes: readonly string[]): string[] {
  const { decisions, files, attachments, orderForm } = vendor.capabilities;
  const isGranted = (needed: (endpoint: Endpoint) => boolean) =>
    !lacksScope(vendor.endpoints.find(needed), missingScopes);
  return [
    ...decisions[side].filter((kind) => isGranted((endpoint) => endpoint.decides === kind)),
    ...(files ? ["files"] : []),
    ...(attachments[side] && isGranted((endpoint) => endpoint.attaches === true) ? ["attachments"] : []),
    ...(orderForm ? ["order_form"] : []),
    ...(vendor.documents ? ["charts"] : []),
  ];
}

function serverNameOf(vendor: Vendor | undefined, region: string): string | undefined {
  return vendor?.auth.kind === "oauth" ? vendor.auth.servers().find((one) => one.region === region)?.name : undefined;
}

function toOffer(vendor: Vendor): VendorOffer {
  const { auth } = vendor;
  const servers = auth.kind === "oauth" ? auth.servers() : [];
  const addresses = auth.kind === "oauth" ? servers.flatMap((s) => [s.authorizeUrl, s.apiUrl]) : [auth.baseUrl()];
  const missingSettings = auth.missingSettings();
  return {
    vendor: vendor.id,
    name: vendor.name,
    auth: auth.kind,
    configured: missingSettings.length === 0,
    missingSettings,
    fields: auth.kind === "key" ? [...auth.fields()] : auth.kind === "password" ? [...PASSWORD_FIELDS] : [],
    brings: [...(vendor.orders ? (["orders"] as const) : []), ...(vendor.documents ? (["charts"] as const) : [])],
    servers: servers.map(({ id, name, region }) => ({ id, name, region })),
    passwordGrant: auth.kind === "oauth" && auth.passwordGrant !== undefined,
    plainHttp: addresses.some((address) => address.startsWith("http://")),
  };
}
