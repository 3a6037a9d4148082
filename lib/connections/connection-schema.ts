import { z } from "zod";
import { sideSchema } from "#lib/orders/order-schema.ts";
import { credentialFieldSchema } from "#lib/vendors/credential-field.ts";

/** One night's comparison of a connection with its vendor, and what reading everything again found where they differed. */
export const reconciliationSchema = z.object({
  at: z.iso.datetime({ offset: true }),
  /** Orders as the vendor counted them, and as many as are here. */
  upstream: z.number().int(),
  here: z.number().int(),
  /** At the vendor and not here: everything is read again. */
  missing: z.number().int(),
  /** Here and no longer at the vendor: kept. */
  surplus: z.number().int(),
  /** What reading everything again brought; null while it has not ended, or was not needed. */
  found: z.object({ inserted: z.number().int(), changed: z.number().int() }).nullable(),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;

/** How a connection stands: what its vendor lets through, what waits, and whether somebody should look. */
export const connectionHealthSchema = z.object({
  /** "open": no calls for a while, the vendor has been failing; "half_open": one call looks whether it is back. */
  breaker: z.enum(["closed", "open", "half_open"]),
  /** Failed calls of all calls within the last one to two hours, 0 to 1; null without a call. */
  errorRate: z.number().min(0).max(1).nullable(),
  /** The vendor limits us: nobody calls before. */
  pausedUntil: z.iso.datetime().nullable(),
  /** When the next sync is tried; null while the connection waits for a person. */
  nextAttemptAt: z.iso.datetime().nullable(),
  /**
   * What waits: scans and decisions that need the account, orders of which only the list entry is here, jobs that another version of
   * the portal wrote and no worker here understands.
   */
  parked: z.object({
    scans: z.number().int(),
    decisions: z.number().int(),
    orders: z.number().int(),
    jobs: z.number().int(),
  }),
  /** The last order came then, which is long ago by this connection's own rhythm. */
  quietSince: z.iso.datetime().nullable(),
  /** The sign-in ends within so many days (7, 3, 1): an admin should reconnect. */
  renewWithinDays: z.number().int().nullable(),
  /** What the vendor said of the sign-in when it was asked last; null before it ever was. */
  check: z.object({ at: z.iso.datetime(), taken: z.boolean() }).nullable(),
  /** Last night's comparison with the vendor's count. */
  reconciliation: reconciliationSchema.nullable(),
});
export type ConnectionHealthView = z.infer<typeof connectionHealthSchema>;

/** Something a connection is there for, and whether it works with the rights that the vendor granted. */
export const featureSchema = z.object({
  /** accept, reject, cancel, orders, cases, files, attachments, order_form, group, people, portals */
  name: z.string(),
  /** "not_granted": asked for and refused; "not_asked": its right's name is not public and none was set; "account": needs a new sign-in. */
  state: z.enum(["available", "not_granted", "not_asked", "account"]),
  /** The right it needs, as far as its name is known. */
  scope: z.string().nullable(),
  /** A decision that the vendor takes none of: recorded in the portal, not sent. */
  keptHere: z.boolean(),
});
export type ConnectionFeature = z.infer<typeof featureSchema>;

/** A scanner portal behind a collector's account. */
export const connectionPortalSchema = z.object({
  key: z.string(),
  name: z.string(),
  /** Of the lab's account there: the portal's own name. Null for a portal that the collector can take from. */
  kindName: z.string().nullable(),
  lastFetchAt: z.iso.datetime().nullable(),
  /** How the viewer turns its meshes: "x, -z, y". Null: as they are. */
  axes: z.string().nullable(),
  quantizationBits: z.number().int().nullable(),
});
export type ConnectionPortal = z.infer<typeof connectionPortalSchema>;

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
  /** ms between two calls, where the vendor counts them per key; null where none does. */
  pauseMs: z.number().nullable(),
  grantedScopes: z.array(z.string()),
  missingScopes: z.array(z.string()),
  /** What this connection can do here: accept, reject, cancel, files, attachments, order_form, charts. */
  capabilities: z.array(z.string()),
  features: z.array(featureSchema),
  /** The authorization server it was connected at, as people know it: "MeditLink (China)". */
  serverName: z.string(),
  unmappedKeys: z.record(z.string(), z.number().int()),
  problem: z.string().nullable(),
  problemAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  health: connectionHealthSchema,
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
  /** What the dialog asks for; empty where the sign-in is at the vendor. */
  fields: z.array(credentialFieldSchema),
  /** What arrives through this vendor's accounts, or is reached through them. */
  brings: z.array(z.enum(["orders", "charts"])),
  /** Authorization servers to choose from, e.g. meditlink and meditlink-cn. */
  servers: z.array(z.object({ id: z.string(), name: z.string(), region: z.string() })),
  /** May be connected by the vendor's e-mail and password, without its consent page (lib/env.ts, password grant). */
  passwordGrant: z.boolean(),
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
