import { z } from "zod";
import { CADMUS_ACCOUNTS } from "./cadmus-portals.ts";
import {
  cadmusCaseSchema,
  expireSchema,
  liveSettingsSchema,
  newOrdersSchema,
  orderActionSchema,
  visitsSchema,
} from "./control-schemas.ts";
import { type Exchange, type Handler, json, type Reply } from "./exchange.ts";
import { faultSchema } from "./faults.ts";
import { makeVisits, medisyncTruth } from "./medisync-control.ts";
import { MEDISYNC_USERS } from "./medisync-practice.ts";
import { revokeMedisyncTokens } from "./medisync-tokens.ts";
import { oddities } from "./oddities.ts";
import { createOrders, specialOrders } from "./seed-orders.ts";
import { registeredRedirectUris } from "./settings.ts";
import type { OrderRecord } from "./vendor-records.ts";
import type { World } from "./world.ts";

interface ControlCall {
  world: World;
  exchange: Exchange;
  id: string;
  body: unknown;
}

const STATUS_OF = { accept: "ACCEPTED", reject: "REJECTED", cancel: "CANCELED" } as const;

/** The control port: reads the truth, arms faults, and acts as a colleague inside the vendor's own portal. */
export function control(world: World, reseed: () => void): Handler {
  const routes: [method: string, path: RegExp, handle: (call: ControlCall) => Reply][] = [
    [
      "GET",
      /^\/health$/,
      () => json(200, { status: "ok", orders: world.orders.size, cadmusCases: world.cadmusCases.size }),
    ],
    ["GET", /^\/calls$/, ({ exchange }) => json(200, world.calls.since(sinceOf(exchange)))],
    ["DELETE", /^\/calls$/, clearCalls],
    ["GET", /^\/violations$/, () => json(200, world.calls.violations())],
    ["GET", /^\/token-calls$/, ({ exchange }) => json(200, world.calls.tokenCallsSince(sinceOf(exchange)))],
    ["POST", /^\/faults$/, armFault],
    ["GET", /^\/faults$/, () => json(200, world.faults.list())],
    [
      "DELETE",
      /^\/faults(?:\/(\d+))?$/,
      ({ id }) => json(200, { disarmed: world.faults.disarm(id === "" ? undefined : Number(id)) }),
    ],
    ["GET", /^\/orders$/, listOrders],
    ["POST", /^\/orders$/, makeOrders],
    ["GET", /^\/orders\/(\d+)$/, ({ id }) => json(200, findOrder(world, id))],
    ["POST", /^\/orders\/(\d+)$/, actOnOrder],
    ["GET", /^\/special-orders$/, () => json(200, specialOrders(world))],
    ["GET", /^\/settings$/, () => json(200, world.live)],
    ["POST", /^\/settings$/, changeSettings],
    ["POST", /^\/tokens\/expire$/, expireTokens],
    ["GET", /^\/uploads$/, () => json(200, [...world.uploads.values()])],
    ["GET", /^\/cadmus\/cases\/(\d+)$/, ({ id }) => json(200, findCadmusCase(world, id))],
    ["POST", /^\/cadmus\/cases\/(\d+)$/, changeCadmusCase],
    ["GET", /^\/open-dental$/, () => json(200, { patients: world.openDental.patients, ...world.openDental.state })],
    ["GET", /^\/medisync$/, () => json(200, medisyncTruth(world))],
    ["POST", /^\/medisync\/visits$/, planVisits],
    ["POST", /^\/reset$/, resetWorld],
  ];

  function resetWorld(): Reply {
    reseed();
    return json(200, { reset: true });
  }

  return async (exchange) => {
    const { pathname } = exchange.url;
    const route = routes.find(([method, path]) => method === exchange.method && path.test(pathname));
    if (route === undefined) return json(404, { problem: `The control port has no ${exchange.method} ${pathname}` });
    const [, path, handle] = route;
    try {
      const text = (await exchange.body()).toString("utf8");
      const body: unknown = text === "" ? {} : JSON.parse(text);
      return handle({ world, exchange, id: path.exec(pathname)?.[1] ?? "", body });
    } catch (error) {
      if (error instanceof NotThere) return json(404, { problem: error.message });
      if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof NotPossible) {
        return json(400, { problem: error.message });
      }
      throw error;
    }
  };
}

class NotThere extends Error {}
class NotPossible extends Error {}

function sinceOf({ url }: Exchange): number {
  return Number(url.searchParams.get("since") ?? 0);
}

function clearCalls({ world }: ControlCall): Reply {
  world.calls.clear();
  return json(200, { cleared: true });
}

function armFault({ world, body }: ControlCall): Reply {
  return json(201, { id: world.faults.arm(faultSchema.parse(body)) });
}

function findOrder(world: World, number: string): OrderRecord {
  const order = world.orders.get(Number(number));
  if (order === undefined) throw new NotThere(`There is no order ${number}`);
  return order;
}

/** The truth in short, for comparing with what a portal shows: every order of a group, last changed first. */
function listOrders({ world, exchange }: ControlCall): Reply {
  const account = exchange.url.searchParams.get("account");
  const group = account === null ? null : groupOf(world, account);
  const orders = group === null ? [...world.orders.values()] : world.ordersOf(group);
  return json(
    200,
    orders.map(({ number, status, updatedAt, orderCase, counts }) => ({
      number,
      status,
      updatedAt,
      orderCase,
      counts,
    })),
  );
}

function makeOrders({ world, body }: ControlCall): Reply {
  const { count, clinic, lab, status, like, patient, form } = newOrdersSchema.parse(body);
  if (like !== undefined && !oddities.some(({ name }) => name === like))
    throw new NotPossible(`there is no special order "${like}"`);
  const wishes = {
    ...(like === undefined ? {} : { like }),
    ...(patient === undefined ? {} : { patient }),
    ...(form === undefined ? {} : { form }),
  };
  const parties = { buyer: groupOf(world, clinic), seller: groupOf(world, lab) };
  const numbers = createOrders(world, count, { ...parties, status, ...wishes });
  return json(201, { numbers });
}

function groupOf(world: World, email: string): string {
  const group = world.accounts.get(email)?.groupUuid;
  if (!group) throw new NotPossible(`${email} is not an account with a group`);
  return group;
}

/** A colleague acts inside the vendor's portal: any state may follow any other, except a decision on a decided order. */
function actOnOrder({ world, id, body }: ControlCall): Reply {
  const order = findOrder(world, id);
  const act = orderActionSchema.parse(body);
  switch (act.action) {
    case "touch":
      world.touchOrder(order);
      break;
    case "drift":
      order.drift = act.fields;
      world.touchOrder(order);
      break;
    case "delivery":
      order.delivery = act.delivery;
      world.touchOrder(order);
      break;
    case "status":
      colleagueMoves(world, order, act.status, "status", act.by);
      break;
    default:
      if (order.status !== "PENDING")
        throw new NotPossible(`Order ${id} is ${order.status}; only a pending one can be decided`);
      colleagueMoves(world, order, STATUS_OF[act.action], act.action, act.by);
  }
  return json(200, order);
}

/** Decisions in the vendor's portal are in the history but not in `counts`, which tells what came through the API. */
function colleagueMoves(world: World, order: OrderRecord, to: string, action: string, by = "a colleague"): void {
  const counts = { ...order.counts };
  world.moveOrder(order, to, { action, by, via: "vendor portal" });
  order.counts = counts;
}

function changeSettings({ world, body }: ControlCall): Reply {
  const { portalUrl, ...changes } = liveSettingsSchema.parse(body);
  Object.assign(world.live, changes);
  if (portalUrl !== undefined) world.live.redirectUris = registeredRedirectUris(portalUrl.replace(/\/+$/, ""));
  return json(200, world.live);
}

function expireTokens({ world, body }: ControlCall): Reply {
  const { what, account } = expireSchema.parse(body);
  const tokens = what === "access" ? world.accessTokens : world.refreshTokens;
  const expired = [...tokens.values()].filter((token) => account === undefined || token.account === account);
  for (const token of expired) token.expiresAt = Math.min(token.expiresAt, world.now() - 1);
  world.remember();
  const cadmusAccounts =
    what === "access" ? Object.keys(CADMUS_ACCOUNTS).filter((email) => account === undefined || account === email) : [];
  for (const email of cadmusAccounts) world.cadmusRevoked.set(email, world.cadmusLogins);
  const users = MEDISYNC_USERS.filter(({ email }) => what === "access" && (account === undefined || account === email));
  for (const user of users) revokeMedisyncTokens(world, user);
  return json(200, { expired: expired.length + cadmusAccounts.length + users.length });
}

function planVisits({ world, body }: ControlCall): Reply {
  const visits = visitsSchema.parse(body);
  return json(201, makeVisits(world, findOrder(world, String(visits.order)), visits));
}

function findCadmusCase(world: World, id: string) {
  const found = world.cadmusCases.get(Number(id));
  if (found === undefined) throw new NotThere(`There is no Cadmus case ${id}`);
  return found;
}

function changeCadmusCase({ world, id, body }: ControlCall): Reply {
  const found = findCadmusCase(world, id);
  Object.assign(found, cadmusCaseSchema.parse(body));
  world.touchCadmusCase(found.id);
  return json(200, found);
}
