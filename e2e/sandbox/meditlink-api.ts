import type { ApiCall } from "./api-call.ts";
import type { Handler, Reply } from "./exchange.ts";
import { getCase, searchCases } from "./meditlink-cases.ts";
import { MeditlinkProblem, problemReply } from "./meditlink-error.ts";
import { deleteFile, getFile, registerFile } from "./meditlink-files.ts";
import { acceptOrder, cancelOrder, getOrder, rejectOrder, searchOrders } from "./meditlink-orders.ts";
import { getGroup, getMe, getUser } from "./meditlink-people.ts";
import { checkRequest, type Demands, RateLimiter } from "./protocol-checks.ts";
import type { ScanFiles } from "./scan-files.ts";
import type { World } from "./world.ts";

interface Operation extends Demands {
  method: string;
  path: RegExp;
  carryOut(call: ApiCall): Reply | Promise<Reply>;
}

const PEOPLE = { needsGroup: false, query: [], hasSchema: true, hasBody: false };
const GROUPED = { needsGroup: true, query: [] as string[], hasSchema: true, hasBody: false };
const ID = "([^/]+)";

const OPERATIONS: Operation[] = [
  { ...PEOPLE, method: "GET", path: /^\/v1\/me$/, scope: "USER", carryOut: getMe },
  { ...PEOPLE, method: "GET", path: new RegExp(`^/v1/users/${ID}$`), scope: "USER", carryOut: getUser },
  { ...PEOPLE, method: "GET", path: new RegExp(`^/v1/groups/${ID}$`), scope: "GROUP", carryOut: getGroup },
  {
    ...GROUPED,
    method: "GET",
    path: /^\/v1\/cases\/search$/,
    scope: "CASE",
    query: ["size", "page", "start", "end", "name", "status", "patientCode"],
    carryOut: searchCases,
  },
  { ...GROUPED, method: "GET", path: new RegExp(`^/v1/cases/${ID}$`), scope: "CASE", carryOut: getCase },
  {
    ...GROUPED,
    method: "GET",
    path: new RegExp(`^/v1/files/${ID}$`),
    scope: "FILE",
    query: ["type"],
    hasSchema: false,
    carryOut: getFile,
  },
  { ...GROUPED, method: "POST", path: /^\/v1\/files$/, scope: "FILE_MANAGE", hasBody: true, carryOut: registerFile },
  { ...GROUPED, method: "DELETE", path: new RegExp(`^/v1/files/${ID}$`), scope: "FILE_MANAGE", carryOut: deleteFile },
  {
    ...GROUPED,
    method: "GET",
    path: /^\/v1\/orders\/search$/,
    scope: "ORDER",
    query: ["size", "page", "start", "end", "status"],
    carryOut: searchOrders,
  },
  { ...GROUPED, method: "GET", path: new RegExp(`^/v1/orders/${ID}$`), scope: "ORDER", carryOut: getOrder },
  {
    ...GROUPED,
    method: "PUT",
    path: new RegExp(`^/v1/orders/${ID}/accept$`),
    scope: "ORDER_MANAGE",
    carryOut: acceptOrder,
  },
  {
    ...GROUPED,
    method: "PUT",
    path: new RegExp(`^/v1/orders/${ID}/reject$`),
    scope: "ORDER_MANAGE",
    carryOut: rejectOrder,
  },
  {
    ...GROUPED,
    method: "PUT",
    path: new RegExp(`^/v1/orders/${ID}/cancel$`),
    scope: "ORDER_MANAGE",
    carryOut: cancelOrder,
  },
];

/** MeditLink's resource API (guide §3): every documented operation, and nothing else. */
export function meditlinkApi(world: World, scans: ScanFiles): Handler {
  const limiter = new RateLimiter(world);
  return async (exchange) => {
    const path = exchange.url.pathname;
    try {
      const operation = OPERATIONS.find(
        ({ method, path: pattern }) => method === exchange.method && pattern.test(path),
      );
      if (operation === undefined) {
        exchange.violations.push(`${exchange.method} ${path} is not an operation of MeditLink's resource API`);
        throw new MeditlinkProblem(404, "Not Found", "No message available");
      }
      const caller = await checkRequest(world, exchange, operation, limiter);
      const id = decodeURIComponent(operation.path.exec(path)?.[1] ?? "");
      return await operation.carryOut({ world, scans, exchange, caller, groupUuid: caller.group?.uuid ?? "", id });
    } catch (error) {
      if (error instanceof MeditlinkProblem) return problemReply(world, error, path);
      if (error instanceof URIError)
        return problemReply(world, new MeditlinkProblem(400, "Bad Request", "Malformed path"), path);
      throw error;
    }
  };
}
