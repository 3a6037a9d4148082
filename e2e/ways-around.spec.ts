import { globSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { faultSeeds } from "#lib/testing/chance.ts";
import { signIn, test, type VendorControl } from "./fixtures.ts";
import { MEDITLINK, placeOrders } from "./orders-of-our-own.ts";
import { addPerson } from "./people-of-our-own.ts";
import { type RawAnswer, type RawRequest, sendRaw } from "./raw-request.ts";
import { Random } from "./sandbox/random.ts";
import { knownShapesOf, mutate } from "./ways-around.ts";

/** In a name it is found as it is, whatever an answer is written in. */
const CANARY = `Kanarienvogel${crypto.randomUUID().replaceAll("-", "")}`;
const PORT = Number(process.env.E2E_PORT);
/** For each seed; half of them without a session, half with another laboratory's. */
const SHAPES = 300;
const MUTATIONS = 300;
const AT_ONCE = 3; // other walks go on beside this one

const UPGRADE = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": Buffer.alloc(16).toString("base64"),
};

type Victim = { cookie: string; orderId: string; addresses: string[] };

async function cookieOf(page: Page): Promise<string> {
  return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** @returns the address of every page and every route of the API, with these ids where they take some */
function addressesOf(idOf: (path: string, name: string) => string): string[] {
  return globSync("**/{route.ts,page.tsx}", { cwd: join(import.meta.dirname, "../app") })
    .map((file) => `/${file.replace(/\/?(route\.ts|page\.tsx)$/, "").replace(/\([a-z]+\)\/?/g, "")}`)
    .filter((path) => path !== "/" && !path.startsWith("/api/auth/"))
    .map((path) => path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => idOf(path, name)))
    .sort();
}

async function ask(request: RawRequest, cookie: string | null): Promise<RawAnswer> {
  const both = [request.headers.cookie, cookie].filter(Boolean).join("; ");
  return sendRaw(PORT, { ...request, headers: { ...request.headers, ...(both ? { cookie: both } : {}) } });
}

const plainly = (target: string): RawRequest => ({ method: "GET", target, headers: {} });

/** Another laboratory's order, with the addresses of everything about it. */
async function placeVictim(page: Page, vendors: VendorControl): Promise<Victim> {
  await signIn(page, "other-lab-technician");
  const patient = { name: `${CANARY} Zwitscher`, code: "canary" };
  const place = { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1, patient };
  const [order] = await placeOrders(page, vendors, place);
  const idsAt = async (path: string) => {
    const { items } = (await (await page.request.get(path)).json()) as { items: { id: string }[] };
    return items[0]!.id;
  };
  const scan = await idsAt(`/api/orders/${order!.id}/scans`);
  const connection = await idsAt("/api/connections");
  const ids: Record<string, string> = { vendor: "meditlink", path: `v1/orders/${order!.number}`, kind: "logo" };
  const addresses = addressesOf((path, name) => {
    if (name !== "id") return ids[name] ?? order!.id;
    if (path.includes("/scans/")) return scan;
    return path.includes("/connections/") ? connection : order!.id;
  });
  return { cookie: await cookieOf(page), orderId: order!.id, addresses };
}

/** The same requests for the same seed. */
function* requestsOf(seed: number, doors: string[]): Generator<RawRequest> {
  const random = new Random(seed);
  const first = random.int(0, 1_000);
  for (let at = 0; at < SHAPES; at++) {
    const shapes = knownShapesOf(random.pick(doors));
    yield shapes[(first + at) % shapes.length]!;
  }
  for (let at = 0; at < MUTATIONS; at++) yield mutate(doors, random);
}

test("F56: no known way around a framework's doors and no odd path shows a byte of another laboratory's order, or breaks the portal", async ({
  page,
  vendors,
  visit,
}) => {
  test.setTimeout(180_000 + faultSeeds().length * 90_000);
  const victim = await placeVictim(page, vendors);
  for (const target of [`/orders/${victim.orderId}`, `/api/orders/${victim.orderId}`])
    expect((await ask(plainly(target), victim.cookie)).text, "shown to whom it belongs").toContain(CANARY);
  const stranger = await visit();
  await signIn(stranger, await addPerson("lab-technician", "technician"));
  const cookies = [null, await cookieOf(stranger)];
  const doors: string[] = [];
  for (const target of victim.addresses) {
    const { status, text } = await ask(plainly(target), null);
    if ([401, 405].includes(status) || text.includes("/sign-in")) doors.push(target);
  }
  expect(doors.length, "what asks who is there").toBeGreaterThan(80);

  const wrong: string[] = [];
  for (const seed of faultSeeds()) {
    const requests = requestsOf(seed, doors);
    let asked = 0;
    const askOn = async () => {
      for (const request of requests) {
        const cookie = cookies[asked++ % cookies.length]!;
        const { status, text } = await ask(request, cookie);
        if (status < 500 && ![CANARY, "<script>stranger"].some((word) => text.includes(word))) continue;
        wrong.push(`seed ${seed}, ${cookie ? "stranger" : "nobody"}: ${status} to ${JSON.stringify(request)}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askOn));
  }
  expect(wrong).toEqual([]);
});

test("F56: an upgrade to a WebSocket, which the portal has none of, leads nowhere, whatever address it names", async () => {
  let knocks = 0;
  const inside = createServer((socket) => {
    knocks++;
    socket.destroy();
  });
  await new Promise<void>((listening) => inside.listen(0, "127.0.0.1", listening));
  const { port } = inside.address() as AddressInfo;
  const there = `http://127.0.0.1:${port}/`;
  for (const target of [there, `//127.0.0.1:${port}/`, `/${there}`, "/api/orders", "/nowhere"])
    for (const host of [new URL(there).host, `localhost:${PORT}`]) {
      const headers = { ...UPGRADE, host };
      expect((await sendRaw(PORT, { method: "GET", target, headers })).status, `${target} at ${host}`).toBe(404);
    }
  inside.close();
  expect(knocks).toBe(0);
});
