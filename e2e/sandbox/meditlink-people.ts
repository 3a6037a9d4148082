import type { ApiCall } from "./api-call.ts";
import { json, type Reply } from "./exchange.ts";
import { MeditlinkProblem } from "./meditlink-error.ts";
import { groupView, userView } from "./meditlink-views.ts";

/** GET /v1/me (guide §3.1.1). */
export function getMe({ world, caller }: ApiCall): Reply {
  return json(200, userView(world, caller.account));
}

/** GET /v1/users/{userEmail} (guide §3.1.2): oneself, a colleague, or someone at a group one trades with. */
export function getUser({ world, caller, exchange, id }: ApiCall): Reply {
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(id)) {
    exchange.violations.push("The user path is not a well-formed e-mail address");
    throw new MeditlinkProblem(400, "Bad Request", "userEmail: must be a well-formed email address");
  }
  const account = world.accounts.get(id.toLowerCase());
  const isVisible =
    account !== undefined && (account === caller.account || trades(world, caller.account.groupUuid, account.groupUuid));
  if (!isVisible) throw new MeditlinkProblem(404, "Not Found", "The user does not exist");
  return json(200, userView(world, account));
}

/** GET /v1/groups/{groupUuid} (guide §3.2.1): one's own group or a trading partner. */
export function getGroup({ world, caller, id }: ApiCall): Reply {
  const group = world.groups.get(id);
  if (group === undefined || !trades(world, caller.account.groupUuid, group.uuid)) {
    throw new MeditlinkProblem(404, "Not Found", "The group does not exist");
  }
  return json(200, groupView(world, group));
}

function trades(world: ApiCall["world"], own: string | null, other: string | null): boolean {
  if (own === null || other === null) return false;
  return own === other || world.ordersOf(own).some(({ buyer, seller }) => buyer === other || seller === other);
}
