import { z } from "zod";
import { CADMUS_ACCOUNTS, CONFIGURED_PORTALS, IOS_PORTALS } from "./cadmus-portals.ts";
import type { CadmusCase } from "./cadmus-records.ts";
import { cadmusAccount, issueCadmusToken } from "./cadmus-tokens.ts";
import { type Exchange, type Handler, json, type Reply } from "./exchange.ts";
import { PASSWORD } from "./settings.ts";
import { signCadmusDownload } from "./signed-urls.ts";
import type { World } from "./world.ts";

export const CADMUS_BUCKET = "cadmus_collector_bucket";

/** The largest page is not documented; the sandbox takes a hundred. */
const MOST_PER_PAGE = 100;
const DATE = /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/;

/** The error body is not documented; this is the shape of the framework that such APIs are often made with. */
class CadmusProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Cadmus' API as its guide describes it: login, unified cases, files, order form, portals. All but the login read only. */
export function cadmusApi(world: World): Handler {
  return async (exchange) => {
    try {
      return await answer(world, exchange);
    } catch (error) {
      if (!(error instanceof CadmusProblem)) throw error;
      return json(error.status, { statusCode: error.status, message: error.message });
    }
  };
}

async function answer(world: World, exchange: Exchange): Promise<Reply> {
  const { method, url, violations } = exchange;
  if (method === "POST" && url.pathname === "/auth/login") return logIn(world, exchange);
  const organizationId = organizationOf(world, exchange);
  if (method === "GET") {
    if (url.pathname === "/unified-cases") return listCases(world, exchange, organizationId);
    if (url.pathname === "/portals/ios") return json(200, IOS_PORTALS);
    if (url.pathname === "/portals/configured") return json(200, configuredPortals(world, organizationId));
    const [, id, rest] = /^\/unified-cases\/(\d+)(\/.*)?$/.exec(url.pathname) ?? [];
    const found = id === undefined ? undefined : world.cadmusCases.get(Number(id));
    if (id !== undefined) {
      if (found?.organizationId !== organizationId) throw new CadmusProblem(404, "Case not found");
      if (rest === undefined) return json(200, caseView(found));
      if (rest === "/order-form") return orderForm(world, found);
      const filename = /^\/files\/([^/]+)$/.exec(rest)?.[1];
      if (filename !== undefined) return locateFile(world, exchange, found, decodedName(filename));
    }
  }
  violations.push(`${method} ${url.pathname} is not an operation of Cadmus' API`);
  throw new CadmusProblem(404, "Not Found");
}

const credentials = z.object({ email: z.string(), password: z.string() });

async function logIn(world: World, exchange: Exchange): Promise<Reply> {
  if (!/^application\/json\b/i.test(exchange.headers["content-type"] ?? "")) {
    exchange.violations.push("The login is not sent as application/json");
    throw new CadmusProblem(400, "Expected a JSON body");
  }
  const text = (await exchange.body(64 * 1024)).toString("utf8");
  const parsed = credentials.safeParse(toJson(text));
  if (!parsed.success) {
    exchange.violations.push("The login body is not {email, password}");
    throw new CadmusProblem(400, "email and password are required");
  }
  const email = parsed.data.email.toLowerCase();
  const isKnown = CADMUS_ACCOUNTS[email] !== undefined && parsed.data.password === PASSWORD;
  world.calls.addTokenCall({
    at: new Date(world.now()).toISOString(),
    vendor: "cadmus",
    grant: "login",
    account: email,
    status: isKnown ? 200 : 401,
    outcome: isKnown ? "issued" : "refused",
  });
  if (!isKnown) throw new CadmusProblem(401, "Invalid credentials");
  return json(200, issueCadmusToken(world, email));
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function organizationOf(world: World, { headers, violations }: Exchange): number {
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1];
  if (token === undefined) {
    violations.push("The request has no Authorization: Bearer header");
    throw new CadmusProblem(401, "Unauthorized");
  }
  const account = cadmusAccount(world, token);
  const known = account === null ? undefined : CADMUS_ACCOUNTS[account];
  if (known === undefined) throw new CadmusProblem(401, "Unauthorized");
  return known.organizationId;
}

/** Newest first; `from` and `to` are days of createdAt in UTC, both included. */
function listCases(world: World, { url, violations }: Exchange, organizationId: number): Reply {
  for (const name of url.searchParams.keys()) {
    if (!["page", "pageSize", "from", "to"].includes(name))
      violations.push(`The query parameter ${name} is not documented for /unified-cases`);
  }
  const whole = (name: string, fallback: number, most: number): number => {
    const text = url.searchParams.get(name) ?? String(fallback);
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
    violations.push(`The query parameter ${name}=${text.slice(0, 30)} is outside 1..${most}`);
    throw new CadmusProblem(400, `${name} must be from 1 to ${most}`);
  };
  const day = (name: string): string | null => {
    const text = url.searchParams.get(name);
    if (text === null || DATE.test(text)) return text;
    violations.push(`The query parameter ${name} is not YYYY-MM-DD`);
    throw new CadmusProblem(400, `${name} must be YYYY-MM-DD`);
  };
  const page = whole("page", 1, Number.MAX_SAFE_INTEGER);
  const pageSize = whole("pageSize", 20, MOST_PER_PAGE);
  const [from, to] = [day("from"), day("to")];
  const found = [...world.cadmusCases.values()].filter((item) => {
    const createdOn = new Date(item.createdAt).toISOString().slice(0, 10);
    return (
      item.organizationId === organizationId && (from === null || createdOn >= from) && (to === null || createdOn <= to)
    );
  });
  found.sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  const items = found.slice((page - 1) * pageSize, page * pageSize).map(caseView);
  return json(200, { items, page, pageSize, total: found.length });
}

function caseView({ files: _files, orderForm: _orderForm, createdAt, ...rest }: CadmusCase): Record<string, unknown> {
  return { ...rest, createdAt: new Date(createdAt).toISOString().replace(/\.\d+Z$/, "Z") };
}

function locateFile(world: World, { url, violations }: Exchange, found: CadmusCase, filename: string): Reply {
  const fileType = url.searchParams.get("fileType");
  if (fileType === null) {
    violations.push("The file request has no fileType");
    throw new CadmusProblem(400, "fileType is required");
  }
  const file = found.files.find(
    (candidate) => candidate.filename === filename && candidate.fileType === fileType.toLowerCase(),
  );
  if (file === undefined) throw new CadmusProblem(404, "File not found");
  const signed = signCadmusDownload(world, objectPath(found, filename));
  return json(200, { url: signed.url, filename, fileType: file.fileType, expiresAt: signed.expiresAt });
}

function orderForm(world: World, found: CadmusCase): Reply {
  if (found.orderForm === null) throw new CadmusProblem(404, "Order form not found");
  const { filename } = found.orderForm;
  const signed = signCadmusDownload(world, objectPath(found, filename));
  return json(200, { url: signed.url, filename, expiresAt: signed.expiresAt });
}

function objectPath({ id, organizationId }: CadmusCase, filename: string): string {
  return `/${CADMUS_BUCKET}/org-${organizationId}/case-${id}/${encodeURIComponent(filename)}`;
}

function configuredPortals(world: World, organizationId: number): unknown[] {
  return CONFIGURED_PORTALS.filter((portal) => portal.organizationId === organizationId).map((portal) => ({
    id: portal.id,
    displayName: portal.displayName,
    username: portal.username,
    lastFetch: new Date(Math.floor(world.now() / 600_000) * 600_000).toISOString().replace(/\.\d+Z$/, "Z"),
    portalName: IOS_PORTALS.find(({ id }) => id === portal.portalId)?.name,
  }));
}

function decodedName(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new CadmusProblem(400, "Malformed file name");
  }
}
