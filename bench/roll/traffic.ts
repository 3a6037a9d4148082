import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "#lib/testing/chance.ts";
import type { Version } from "./start-version.ts";

/** What was asked, by what for and of which version. */
export type Tally = Map<string, { asked: number; failed: string[] }>;

export type Decided = { orderId: string; number: string; kind: "accept" | "reject"; id: string };

type Account = { apiKey: string; cookie: string; connectionId: string; control: string };
type Json = Record<string, unknown>;
type Row = { id: string; state?: string };

const NOTHING: Json = {};

/** JSON is read; of files and pages it is enough that they came. */
function readable(answer: Response, bytes: ArrayBuffer): string {
  return answer.headers.get("content-type")?.includes("json") ? Buffer.from(bytes).toString("utf8") : "{}";
}

/** The inbox as people ask for it. */
const LISTS = [
  "",
  "&view=needs_information",
  "&view=accepted_not_downloaded",
  "&view=late",
  "&sort=dueOn&groups=true",
  "&status=pending&status=accepted&sort=clinic",
  "&q=crown",
];

/** ms from the end of one thing somebody does to the next. */
const PACE_MS = 250;

/** People and programs at a portal whose versions change under them. Whatever they ask is asked of any version that is in the line. */
export function startTraffic(account: Account, pending: { id: string; number: string }[], chance: Chance) {
  const line: Version[] = [];
  const tally: Tally = new Map();
  const decided: Decided[] = [];
  const uploads: { orderId: string; id: string }[] = [];
  const downloaded = new Set<string>();
  const waiting = [...pending];
  const all = [...pending];
  let isOver = false;

  async function ask(what: string, method: string, path: string, body?: object | FormData): Promise<Json | null> {
    const version = chance.pick(line);
    const entry = tallyOf(`${version.name}: ${what}`);
    entry.asked++;
    const isForm = body instanceof FormData;
    const headers = {
      ...(path.startsWith("/api/") ? { authorization: `Bearer ${account.apiKey}` } : { cookie: account.cookie }),
      ...(body && !isForm ? { "content-type": "application/json" } : {}),
    };
    try {
      const content = body === undefined ? null : isForm ? body : JSON.stringify(body);
      const answer = await fetch(`${version.url}${path}`, { method, headers, body: content, redirect: "manual" });
      const bytes = await answer.arrayBuffer();
      if (answer.ok) return bytes.byteLength > 0 ? (JSON.parse(readable(answer, bytes)) as Json) : NOTHING;
      fail(entry, `${answer.status} ${method} ${path} ${Buffer.from(bytes).toString().slice(0, 300)}`);
    } catch (error) {
      fail(entry, `${method} ${path} ${error instanceof Error ? `${error.message} ${error.cause}` : ""}`);
    }
    return null;
  }

  function fail(entry: { failed: string[] }, what: string): void {
    entry.failed.push(what);
    console.error(`${new Date().toISOString().slice(11, 19)} ${what}`);
  }

  function tallyOf(key: string) {
    const entry = tally.get(key) ?? { asked: 0, failed: [] };
    tally.set(key, entry);
    return entry;
  }

  const someOrder = () => chance.pick(all).id;

  const deeds: Record<string, () => Promise<void>> = {
    async inbox() {
      await ask("inbox", "GET", `/api/orders?limit=50${chance.pick(LISTS)}`);
    },
    async order() {
      const id = someOrder();
      for (const part of ["", "/events", "/scans", "/attachments"])
        await ask("order", "GET", `/api/orders/${id}${part}`);
    },
    async pages() {
      for (const path of ["/orders", `/orders/${someOrder()}`, "/connections"]) await ask("page", "GET", path);
    },
    async views() {
      const body = { name: `roll ${chance.below(1e9)}`, filters: { status: ["pending"] }, shared: true };
      const made = await ask("saved view", "POST", "/api/views", body);
      await ask("saved view", "GET", "/api/views");
      if (!made) return;
      await ask("saved view", "PATCH", `/api/views/${made.id}`, { shared: false, filters: { q: "crown" } });
      await ask("saved view", "DELETE", `/api/views/${made.id}`);
    },
    async decide() {
      const order = waiting.pop();
      if (!order) return;
      const kind = chance.next() < 0.7 ? "accept" : "reject";
      const asked = await ask("decision", "POST", `/api/orders/${order.id}/${kind}`, {});
      if (!asked) return;
      const { id } = asked.decision as Row;
      decided.push({ orderId: order.id, number: order.number, kind, id });
      await ask("decision", "GET", `/api/decisions/${id}`);
    },
    async download() {
      const id = someOrder();
      const scans = (await ask("download", "GET", `/api/orders/${id}/scans`))?.items as Row[] | undefined;
      const ready = scans?.find(({ state }) => state === "ready");
      if (!ready) return;
      await ask("download", "GET", `/api/scans/${ready.id}/preview`);
      if (await ask("download", "GET", `/api/orders/${id}/download`)) downloaded.add(id);
    },
    async upload() {
      const orderId = someOrder();
      const form = new FormData();
      form.set("file", new File([`mind the margin ${chance.below(1e9)}`], `note ${uploads.length}.txt`));
      const asked = await ask("upload", "POST", `/api/orders/${orderId}/attachments`, form);
      if (asked) uploads.push({ orderId, id: (asked.upload as Row).id });
    },
    async sync() {
      await fetch(`${account.control}/orders`, { method: "POST", body: JSON.stringify({ count: 1 }) });
      await ask("sync", "POST", `/api/connections/${account.connectionId}/sync`);
      await ask("connection", "GET", `/api/connections/${account.connectionId}`);
    },
    async proxy() {
      await ask("proxied read", "GET", `/api/vendors/meditlink/v1/orders/${chance.pick(all).number}`);
    },
    async notes() {
      await ask("change of an order", "PATCH", `/api/orders/${someOrder()}`, { addTags: [`t${chance.below(5)}`] });
    },
  };

  const running = Object.values(deeds).map(async (deed) => {
    while (!isOver) {
      if (line.length > 0) await deed();
      await pause(PACE_MS * (0.5 + chance.next()));
    }
  });

  return {
    tally,
    decided,
    uploads,
    downloaded,
    enter: (version: Version) => void line.push(version),
    /** Nobody is sent there any more; what is under way there is still answered. */
    leave: (version: Version) => void line.splice(line.indexOf(version), 1),
    async end() {
      isOver = true;
      await Promise.all(running);
    },
  };
}
