import { vendorFetch } from "#lib/vendors/http.ts";
import { readEndpoint } from "#lib/vendors/medisync/config.ts";
import { subscriptionSchema } from "#lib/vendors/medisync/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

export const getSubscriptionEndpoint = readEndpoint({
  name: "getSubscription",
  path: "/settings/subscription",
  section: "Settings, subscription",
  response: subscriptionSchema,
});

/** What the account has paid for; its shape is not documented. */
export async function getSubscription(session: VendorSession): Promise<unknown> {
  return (await vendorFetch(session, getSubscriptionEndpoint)).value;
}
