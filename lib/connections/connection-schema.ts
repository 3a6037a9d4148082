import { z } from "zod";
import { sideSchema } from "#lib/orders/order-schema.ts";

/** A connection as the HTTP surface gives it (design §5); never a secret. */
export const connectionSchema = z.object({
  id: z.uuid(),
  vendor: z.string(),
  vendorName: z.string(),
  account: z.string(),
  groupName: z.string().nullable(),
  side: sideSchema,
  region: z.string(),
  state: z.enum(["connected", "reconnect_needed", "paused"]),
  lastSyncAt: z.iso.datetime().nullable(),
  /** Set while a run is under way. */
  sync: z
    .object({ startedAt: z.iso.datetime(), seen: z.number().int(), total: z.number().int().nullable() })
    .nullable(),
  ordersHere: z.number().int(),
  ordersUpstream: z.number().int().nullable(),
  accessExpiresAt: z.iso.datetime().nullable(),
  refreshExpiresAt: z.iso.datetime().nullable(),
  grantedScopes: z.array(z.string()),
  missingScopes: z.array(z.string()),
  /** What this connection can do here: accept, reject, cancel, files, attachments. */
  capabilities: z.array(z.string()),
  unmappedKeys: z.record(z.string(), z.number().int()),
  problem: z.string().nullable(),
  problemAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type ConnectionView = z.infer<typeof connectionSchema>;

/** What the connections page offers: one entry per vendor, from the registry. */
export const vendorOfferSchema = z.object({
  vendor: z.string(),
  name: z.string(),
  auth: z.enum(["oauth", "password", "key"]),
  /** False while a setting that this vendor needs is missing; `missingSettings` names them. */
  configured: z.boolean(),
  missingSettings: z.array(z.string()),
  /** Authorization servers to choose from, e.g. meditlink and meditlink-cn. */
  servers: z.array(z.object({ id: z.string(), name: z.string(), region: z.string() })),
  /** True when the vendor is addressed over plain http or loopback: the screen says so. */
  plainHttp: z.boolean(),
});
export type VendorOffer = z.infer<typeof vendorOfferSchema>;

export const connectionListSchema = z.object({ items: z.array(connectionSchema), vendors: z.array(vendorOfferSchema) });

export const createConnectionBodySchema = z.object({
  vendor: z.string().min(1).max(40),
  /** What the vendor's sign-in asks for: e-mail and password, or a key. */
  credentials: z.record(z.string().max(40), z.string().max(4000)),
  /** The connection to renew with these credentials; absent for a new account. */
  connection: z.uuid().optional(),
});
