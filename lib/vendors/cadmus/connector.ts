import { z } from "zod";
import { env } from "#lib/env.ts";
import { listCases, listCasesEndpoint } from "#lib/vendors/cadmus/api/cases.ts";
import { getFileEndpoint, getOrderFormEndpoint } from "#lib/vendors/cadmus/api/files.ts";
import { login } from "#lib/vendors/cadmus/api/login.ts";
import {
  listConfiguredPortals,
  listConfiguredPortalsEndpoint,
  listPortals,
  listPortalsEndpoint,
} from "#lib/vendors/cadmus/api/portals.ts";
import { files } from "#lib/vendors/cadmus/files.ts";
import { orders } from "#lib/vendors/cadmus/orders.ts";
import { readAxisMapping } from "#lib/vendors/cadmus/read-axis-mapping.ts";
import { unifiedCaseSchema } from "#lib/vendors/cadmus/schemas.ts";
import { parseVendorDate } from "#lib/vendors/parse-vendor-date.ts";
import type { Vendor, VendorAccount, VendorPortal } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const baseUrl = () => env().CADMUS_API_URL;

/** Cadmus collects orders from scanner portals for labs. It takes no decisions: they are kept here. See README.md in this folder. */
export const cadmus: Vendor = {
  id: "cadmus",
  name: "Cadmus",
  auth: {
    kind: "password",
    baseUrl,
    credentials: z.object({ email: z.email(), password: z.string().min(1).max(1000) }),
    missingSettings: () => [],
    signIn: (credentials) => login(baseUrl(), credentials),
  },
  capabilities: {
    decisions: { lab: ["accept", "reject"], clinic: [] },
    decisionMode: "recorded",
    files: true,
    attachments: { lab: false, clinic: false },
    orderForm: true,
  },
  endpoints: [
    listCasesEndpoint,
    getFileEndpoint,
    getOrderFormEndpoint,
    listPortalsEndpoint,
    listConfiguredPortalsEndpoint,
  ],
  identify,
  orders,
  files,
  portals,
};

/**
 * The API has no "who am I". The account is the e-mail that was signed in with; without it, the organisation that the cases name. The
 * call for one case proves the token either way.
 */
async function identify(session: VendorSession, signedInAs?: string): Promise<VendorAccount> {
  const { items } = await listCases(session, { page: 1, pageSize: 1 });
  const first = unifiedCaseSchema.safeParse(items[0]);
  const organisation = first.success ? first.data.organizationId : null;
  const account = signedInAs?.trim().toLowerCase() ?? `organization ${organisation ?? "unknown"}`;
  return { accountKey: account, account, groupKey: null, groupName: null, side: "lab" };
}

async function portals(session: VendorSession): Promise<VendorPortal[]> {
  const [kinds, configured] = await Promise.all([listPortals(session), listConfiguredPortals(session)]);
  return [
    ...kinds.map((portal) => ({
      key: `portal:${portal.id}`,
      name: portal.name ?? portal.className ?? portal.id,
      kindName: null,
      lastFetchAt: null,
      axes: readAxisMapping(portal.axisMaping),
      quantizationBits: portal.quantizationBits,
    })),
    ...configured.map((portal) => ({
      key: `configured:${portal.id}`,
      name: portal.displayName ?? portal.portalName ?? portal.id,
      kindName: portal.portalName,
      lastFetchAt: parseVendorDate(portal.lastFetch).at,
      axes: null,
      quantizationBits: null,
    })),
  ];
}
