import type { ConnectionFeature } from "#lib/connections/connection-schema.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import { lacksScope } from "#lib/vendors/lacks-scope.ts";
import type { Vendor } from "#lib/vendors/vendor.ts";

type Account = { side: Side; state: string; grantedScopes: readonly string[]; missingScopes: readonly string[] };

/**
 * What a connection is there for on its side, each with why it does not work where it does not: the right was not granted, was not
 * asked for, or the account must be signed in to again.
 */
export function featuresOf(vendor: Vendor, account: Account): ConnectionFeature[] {
  const { decisions, files, attachments, orderForm } = vendor.capabilities;
  const find = (wanted: (endpoint: Endpoint) => boolean) => vendor.endpoints.find(wanted);
  const behind = (feature: Endpoint["feature"]) => find((endpoint) => endpoint.feature === feature);
  const features: [name: string, exists: boolean, endpoint: Endpoint | undefined][] = [
    ["orders", vendor.orders !== undefined, behind("orders")],
    ...decisions[account.side].map(
      (kind) => [kind, true, find((endpoint) => endpoint.decides === kind)] as [string, boolean, Endpoint | undefined],
    ),
    ["files", files, behind("files")],
    ["attachments", attachments[account.side], find((endpoint) => endpoint.attaches === true)],
    ["order_form", orderForm, undefined],
    ["cases", vendor.cases !== undefined, behind("cases")],
    ["group", vendor.group !== undefined, behind("group")],
    ["people", vendor.person !== undefined, behind("people")],
    ["portals", vendor.portals !== undefined, undefined],
  ];
  return features
    .filter(([, exists]) => exists)
    .map(([name, , endpoint]) => ({
      name,
      state: stateOf(endpoint, account),
      scope: endpoint?.scope ?? null,
      keptHere: !endpoint && decisions[account.side].some((kind) => kind === name),
    }));
}

function stateOf(endpoint: Endpoint | undefined, account: Account): ConnectionFeature["state"] {
  if (lacksScope(endpoint, account.missingScopes)) return "not_granted";
  const { scopeLike, scope } = endpoint ?? {};
  // Vendors that name no scopes grant everything with the account.
  const asked = [...account.grantedScopes, ...account.missingScopes];
  if (asked.length > 0 && scopeLike && !asked.some((one) => scopeLike.test(one))) return "not_asked";
  if (asked.length > 0 && scope && !asked.includes(scope)) return "not_asked";
  return account.state === "connected" ? "available" : "account";
}
