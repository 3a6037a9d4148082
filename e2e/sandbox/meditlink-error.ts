import { json, type Reply } from "./exchange.ts";
import type { World } from "./world.ts";

/** The documented error body (guide §2.3.2), answered instead of a result. */
export class MeditlinkProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function problemReply(world: World, problem: MeditlinkProblem, path: string): Reply {
  const { status, code, message, headers } = problem;
  const timestamp = new Date(world.now()).toISOString();
  return json(status, { timestamp, status, error: code, message, path }, headers);
}
