import { type Exchange, json, type Reply } from "./exchange.ts";
import type { Caller } from "./protocol-checks.ts";
import type { ScanFiles } from "./scan-files.ts";
import type { World } from "./world.ts";

/** One checked call of MeditLink's resource API. */
export interface ApiCall {
  world: World;
  scans: ScanFiles;
  exchange: Exchange;
  caller: Caller;
  /** The group the call is made for; only on operations that demand one. */
  groupUuid: string;
  /** The path's variable part, decoded. */
  id: string;
}

/** Either a page of a search, or 204 when it found nothing (guide §2.3.1: "The requested list could not be found"). */
export function pageReply(content: unknown[], page: Record<string, unknown>): Reply {
  return content.length === 0 ? { status: 204 } : json(200, page);
}
