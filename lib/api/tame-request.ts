import type { IncomingMessage } from "node:http";

/** By which Next's own pages say where they are: a tree of route segments as percent-encoded JSON. */
const STATE_TREE = "next-router-state-tree";

/**
 * Takes out of a request what Next answers with a failure of its own (500) though only the asker is wrong: a path that is no
 * encoded text names nothing (404), and a router state that is none was not sent.
 */
export function tameRequest(request: Pick<IncomingMessage, "url" | "headers">): void {
  const [path = "", ...query] = (request.url ?? "").split("?");
  if (!isEncodedText(path)) request.url = [path.replaceAll("%", "%25"), ...query].join("?");
  const state = request.headers[STATE_TREE];
  if (state !== undefined && !isStateTree(state)) delete request.headers[STATE_TREE];
}

function isEncodedText(text: string): boolean {
  if (!text.includes("%")) return true;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isStateTree(header: string | string[]): boolean {
  try {
    return isTree(JSON.parse(decodeURIComponent(String(header))));
  } catch {
    return false;
  }
}

/** A segment and what is below it, by the name of its place; what follows these two is Next's to judge. */
function isTree(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [segment, below] = value as unknown[];
  const isNamed = typeof segment === "string" || (Array.isArray(segment) && typeof segment[0] === "string");
  return isNamed && typeof below === "object" && below !== null && Object.values(below).every(isTree);
}
