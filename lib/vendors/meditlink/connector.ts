import { AppError } from "#lib/errors.ts";
import { getCaseEndpoint, searchCasesEndpoint } from "#lib/vendors/meditlink/api/cases.ts";
import { deleteFileEndpoint, getFileEndpoint, registerFileEndpoint } from "#lib/vendors/meditlink/api/files.ts";
import { getGroupEndpoint } from "#lib/vendors/meditlink/api/groups.ts";
import {
  acceptOrderEndpoint,
  cancelOrderEndpoint,
  getOrderEndpoint,
  rejectOrderEndpoint,
  searchOrdersEndpoint,
} from "#lib/vendors/meditlink/api/orders.ts";
import { getMe, getMeEndpoint, getUserEndpoint } from "#lib/vendors/meditlink/api/users.ts";
import { auth } from "#lib/vendors/meditlink/auth.ts";
import { cases } from "#lib/vendors/meditlink/cases.ts";
import { files } from "#lib/vendors/meditlink/files.ts";
import { readGroup, readPerson } from "#lib/vendors/meditlink/groups.ts";
import { orders } from "#lib/vendors/meditlink/orders.ts";
import type { Vendor, VendorAccount } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** MeditLink OpenAPI: orders and scans of Medit's scanners. See README.md in this folder. */
export const meditlink: Vendor = {
  id: "meditlink",
  name: "MeditLink",
  auth,
  capabilities: {
    decisions: { lab: ["accept", "reject"], clinic: ["cancel"] },
    decisionMode: "sent",
    files: true,
    attachments: { lab: true, clinic: true },
    orderForm: false,
  },
  endpoints: [
    getMeEndpoint,
    getUserEndpoint,
    getGroupEndpoint,
    searchCasesEndpoint,
    getCaseEndpoint,
    getFileEndpoint,
    registerFileEndpoint,
    deleteFileEndpoint,
    searchOrdersEndpoint,
    getOrderEndpoint,
    cancelOrderEndpoint,
    acceptOrderEndpoint,
    rejectOrderEndpoint,
  ],
  identify,
  orders,
  files,
  group: readGroup,
  person: readPerson,
  cases,
};

/**
 * §3.1.1. The account is the group: a user has one, colleagues share it, and its orders are what a connection brings.
 * @throws {AppError} no_group for a user in no organisation, or in one that is neither clinic nor lab
 */
async function identify(session: VendorSession): Promise<VendorAccount> {
  const me = await getMe(session);
  const type = me.group?.type?.toUpperCase();
  if (!me.group?.uuid || (type !== "CLINIC" && type !== "LAB")) throw new AppError("no_group");
  return {
    accountKey: me.group.uuid,
    account: me.email ?? me.name ?? me.group.uuid,
    groupKey: me.group.uuid,
    groupName: me.group.name,
    side: type === "LAB" ? "lab" : "clinic",
  };
}
