import { setTimeout as wait } from "node:timers/promises";
import { type ApiCall, pageReply } from "./api-call.ts";
import { json, type Reply } from "./exchange.ts";
import { MeditlinkProblem } from "./meditlink-error.ts";
import { caseSummary, caseView, mayOrderSideSee, pageOf, SCHEMA_VERSION } from "./meditlink-views.ts";
import { numberParameter } from "./protocol-checks.ts";
import type { CaseRecord } from "./vendor-records.ts";
import type { World } from "./world.ts";

/** The upper bound of a case page is not in the guide; 100 is the most seen in use. */
const MOST_PER_PAGE = 100;

/** GET /v1/cases/search (guide §3.3.1): newest first; start and end bound dateCreated; the name matches exactly. */
export async function searchCases({ world, exchange, groupUuid }: ApiCall): Promise<Reply> {
  const size = numberParameter(exchange, "size", { low: 1, high: MOST_PER_PAGE, fallback: 20 });
  const page = numberParameter(exchange, "page", { low: 0, high: Number.MAX_SAFE_INTEGER, fallback: 0 });
  const start = numberParameter(exchange, "start", { low: 0, high: Number.MAX_SAFE_INTEGER, fallback: 0 });
  const end = numberParameter(exchange, "end", {
    low: 0,
    high: Number.MAX_SAFE_INTEGER,
    fallback: Number.MAX_SAFE_INTEGER,
  });
  const asked = (name: string) => exchange.url.searchParams.get(name) ?? "";
  if (world.live.searchLatencyMs > 0) await wait(world.live.searchLatencyMs);

  const sees = caseSight(world, groupUuid);
  const found = world.casesOf(groupUuid).filter((record) => {
    if (record.createdAt < start || record.createdAt > end) return false;
    if (asked("name") !== "" && record.name !== asked("name")) return false;
    if (asked("status") !== "" && record.status !== asked("status")) return false;
    return asked("patientCode") === "" || (sees(record).code && record.patient?.code === asked("patientCode"));
  });
  const rows = found.slice(page * size, (page + 1) * size).map((record) => caseSummary(record, sees(record)));
  return pageReply(rows, pageOf(rows, found.length, page, size));
}

/** GET /v1/cases/{caseUuid} (guide §3.3.2). */
export function getCase({ world, groupUuid, id }: ApiCall): Reply {
  const record = visibleCase(world, id, groupUuid);
  return json(200, { ...caseView(record, caseSight(world, groupUuid)(record)), schemaVersion: SCHEMA_VERSION });
}

/** A case the group owns, or the copy in an order it is part of; others do not exist for it. Throws 404. */
export function visibleCase(world: World, uuid: string, groupUuid: string): CaseRecord {
  const record = world.cases.get(uuid);
  const isOwn = record?.ownerGroup === groupUuid;
  if (record === undefined || !(isOwn || world.ordersOf(groupUuid).some(({ orderCase }) => orderCase === uuid))) {
    throw new MeditlinkProblem(404, "Not Found", "The case does not exist");
  }
  return record;
}

function caseSight(world: World, groupUuid: string): (record: CaseRecord) => { name: boolean; code: boolean } {
  const byCase = new Map(world.ordersOf(groupUuid).map((order) => [order.orderCase, order]));
  return ({ uuid }) => {
    const order = byCase.get(uuid);
    return order === undefined ? { name: true, code: true } : mayOrderSideSee(order, groupUuid);
  };
}
