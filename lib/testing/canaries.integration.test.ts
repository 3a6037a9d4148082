import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import type { Principal } from "#lib/access/principal.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { signIn } from "#lib/access/sign-in.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { openCredentials } from "#lib/connections/credentials.ts";
import { finishConnection } from "#lib/connections/finish-connection.ts";
import { startConnection } from "#lib/connections/start-connection.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { carryOutDecision } from "#lib/decisions/carry-out-decision.ts";
import { readMetrics } from "#lib/health/read-metrics.ts";
import { log } from "#lib/log/log.ts";
import { carryOutUpload } from "#lib/scans/carry-out-upload.ts";
import { fetchScan } from "#lib/scans/fetch-scan.ts";
import { Canaries, type CanaryHit, dumpDatabase, recordLog } from "#lib/testing/canaries.ts";
import { type PortalWithSandbox, startPortalWithSandbox, walkConsent } from "#lib/testing/portal-with-sandbox.ts";

const API = fileURLToPath(new URL("../../app/api", import.meta.url));
const PASSWORD = "canary-password-Xylophon-77";
const WRONG = "canary-wrong-password-Quastenflosser";
const PATIENT = "Kanarienvogel-Zwitscher";

let portal: PortalWithSandbox;
let admin: Principal;
let apiKey: string;
let printed: ReturnType<typeof recordLog>;
const canaries = new Canaries();
/** Bodies of every refusal, as they went out. */
const refusals: string[] = [];
const connections: Record<string, string> = {};

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 12 });
  printed = recordLog();
  subscribe("undici:request:create", watchRequests);
  markWorld();
  const made = await bootstrapOrganisation({
    organisation: "OneLab",
    kind: "lab",
    email: "admin@canary.example",
    password: PASSWORD,
  });
  apiKey = made.apiKey;
  admin = (await principalOf(new Headers({ authorization: `Bearer ${apiKey}` })))!;
  canaries.add("our password", PASSWORD, WRONG);
  canaries.add("our API key", apiKey);
}, 120_000);
afterAll(async () => {
  printed.stop();
  unsubscribe("undici:request:create", watchRequests);
  await portal.close();
});

/** Every name at the vendors becomes a word that is nowhere else. */
function markWorld(): void {
  const { world } = portal.sandbox;
  let n = 0;
  for (const record of world.cases.values()) {
    record.name = `${PATIENT} case ${++n}`;
    record.patient = { name: `${PATIENT} ${n}`, code: `${PATIENT}-code-${n}` };
    record.tags = [`${PATIENT}-tag-${n}`];
    for (const file of record.files) {
      file.name = `${PATIENT} ${file.name}`;
      if (file.content.kind === "mesh") file.content.entryName = `${PATIENT} ${file.content.entryName}`;
    }
  }
  for (const order of world.orders.values()) order.description = `${PATIENT} wants it shiny`;
  for (const record of world.cadmusCases.values()) {
    record.patientFullname = `${PATIENT} ${++n}`;
    const text = JSON.stringify(record.acceptedData);
    const renamed = record.files.map((file) => [file.filename, `${PATIENT} ${file.filename}`] as const);
    record.acceptedData = JSON.parse(renamed.reduce((all, [from, to]) => all.replaceAll(from, to), text));
    for (const [at, file] of record.files.entries()) file.filename = renamed[at]![1];
  }
  canaries.add("patient or file name", PATIENT);
}

type Route = (request: Request, context: { params: Promise<object> }) => Promise<Response>;

/** A request as a robot sends it; what is refused is kept. */
async function ask(
  method: string,
  path: string,
  params: object = {},
  body?: unknown,
  template = path,
): Promise<Response> {
  const route = (await import(/* @vite-ignore */ `${API}${template}/route.ts`)) as Record<string, Route>;
  const [address = "", query = ""] = path.split("?");
  const request = new Request(`http://localhost:3000/api${address}${query ? `?${query}` : ""}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body instanceof FormData ? { "content-length": "300" } : {}),
    },
    ...(body === undefined ? {} : body instanceof FormData ? { body } : { body: JSON.stringify(body) }),
  });
  const answer = await route[method]!(request, { params: Promise.resolve(params) });
  if (answer.status >= 400) refusals.push(await answer.clone().text());
  return answer;
}

async function arm(fault: object): Promise<void> {
  await fetch(`${portal.sandbox.control}/faults`, { method: "POST", body: JSON.stringify(fault) });
}
const disarm = () => fetch(`${portal.sandbox.control}/faults`, { method: "DELETE" });

/** The tokens that a connection holds now. */
async function markCredentials(connectionId: string) {
  const row = await database().connection.findUniqueOrThrow({ where: { id: connectionId } });
  const held = openCredentials(row.organisationId, row.id, row.credentialsSealed!);
  canaries.add("bearer token", held.accessToken);
  if (held.kind === "oauth") canaries.add("refresh token", held.refreshToken);
  return held;
}

/** Addresses that vendors signed and tokens, as they leave this process. */
function watchRequests(message: unknown): void {
  const { path = "", headers = [] } = (message as { request: { path?: string; headers?: unknown[] } }).request;
  for (const [, signature] of path.matchAll(/X-(?:Amz|Goog)-Signature=([0-9a-f]{16,})/g))
    canaries.add("signed address", signature);
  for (const header of headers) canaries.add("bearer token", /^Bearer (\S+)$/.exec(String(header))?.[1]);
}

const syncAll = () =>
  Promise.all(
    Object.values(connections).map((connectionId) =>
      syncConnection({ organisationId: admin.organisationId, connectionId }).catch((error: unknown) => {
        refusals.push(String(error));
      }),
    ),
  );

async function everywhere(): Promise<CanaryHit[]> {
  const hits = canaries.findIn("log", printed.text());
  hits.push(...refusals.flatMap((body) => canaries.findIn("refusal", body)));
  hits.push(...canaries.findIn("metrics", (await readMetrics()).text));
  for (const { table, text } of await dumpDatabase()) hits.push(...canaries.findIn(table, text));
  return hits;
}

describe("F60: secrets and patient data", () => {
  it("are pushed through signing in, connecting and syncing", async () => {
    await signIn({ email: "admin@canary.example", password: PASSWORD, headers: new Headers() });
    await signIn({ email: "admin@canary.example", password: WRONG, headers: new Headers() }).catch(() => {});
    await signIn({ email: `${PATIENT}@canary.example`, password: WRONG, headers: new Headers() }).catch(() => {});

    const started = await startConnection(admin, "meditlink", null);
    canaries.add("OAuth state", new URL(started).searchParams.get("state"));
    const back = await walkConsent(started, "lab@onelab.example");
    canaries.add("OAuth code", back.searchParams.get("code"));
    const finished = await finishConnection(admin, "meditlink", back.searchParams);
    connections.meditlink = new URL(finished, "http://localhost").searchParams.get("connected")!;
    const wrong = { vendor: "cadmus", credentials: { email: "cadmus@onelab.example", password: WRONG } };
    expect((await ask("POST", "/connections", {}, wrong)).status).toBeGreaterThanOrEqual(400);
    const credentials = { email: "cadmus@onelab.example", password: "sandbox" };
    connections.cadmus = (await createConnection(admin, { vendor: "cadmus", credentials })).id;
    for (const id of Object.values(connections)) await markCredentials(id);
    await syncAll();
    expect(await database().order.count()).toBeGreaterThan(20);
  }, 120_000);

  it("are pushed through reading, deciding, scans, files and the vendors' own operations", async () => {
    const found = await ask("GET", `/orders?q=${PATIENT}`, {}, undefined, "/orders");
    const { items } = (await found.json()) as {
      items: { id: string; vendor: string; status: string; number: string }[];
    };
    expect(items.length).toBeGreaterThan(5);
    await ask("GET", `/orders?sort=${PATIENT}`, {}, undefined, "/orders");
    const orders = await database().order.findMany({ where: { twinOfId: null }, orderBy: { receivedAt: "desc" } });
    const pending = orders.filter((order) => order.status === "pending").slice(0, 6);
    expect(new Set(pending.map((order) => order.vendor)).size).toBeGreaterThan(0);
    for (const [at, { id, organisationId }] of pending.entries()) {
      if (at % 2)
        await arm({
          method: "PUT",
          fault: { kind: "status", status: 500, body: `{"message":"${PATIENT}"}` },
          count: 1,
        });
      const words = { reason: `${PATIENT} moved away`, note: `${PATIENT} said so` };
      await ask("POST", `/orders/${id}/reject`, { id }, words, "/orders/[id]/reject");
      await ask("POST", `/orders/${id}/accept`, { id }, { reason: PATIENT.repeat(9) }, "/orders/[id]/accept");
      for (const decision of await database().decision.findMany({ where: { orderId: id } }))
        await carryOutDecision(organisationId, decision.id);
      await ask("GET", `/orders/${id}`, { id }, undefined, "/orders/[id]");
      await disarm();
    }
    const scans = await database().scan.findMany({
      where: { orderId: { in: orders.slice(0, 14).map((one) => one.id) } },
      take: 24,
    });
    for (const [at, scan] of scans.entries()) {
      if (at % 4 === 1)
        await arm({
          vendor: "meditlink-storage",
          fault: { kind: "status", status: 403, body: `<Error>${PATIENT}</Error>` },
        });
      if (at % 4 === 2) await arm({ path: "files", fault: { kind: "malformed", body: PATIENT }, count: 2 });
      await fetchScan(scan.organisationId, scan.id);
      await disarm();
      await ask(
        "GET",
        `/scans/${scan.id}/download?format=${PATIENT}`,
        { id: scan.id },
        undefined,
        "/scans/[id]/download",
      ).catch(() => {});
    }
    const direct = orders.find((order) => order.caseKey && order.vendor === "meditlink")!;
    const form = new FormData();
    form.set("file", new File(["a note"], `${PATIENT} note.txt`));
    await ask("POST", `/orders/${direct.id}/attachments`, { id: direct.id }, form, "/orders/[id]/attachments");
    for (const upload of await database().upload.findMany()) {
      await arm({ vendor: "meditlink-storage", fault: { kind: "status", status: 500, body: PATIENT }, count: 1 });
      await carryOutUpload(upload.organisationId, upload.id);
      await disarm();
      await carryOutUpload(upload.organisationId, upload.id);
    }
    const collected = orders.find((order) => order.vendor === "cadmus")!;
    const name = encodeURIComponent(`${PATIENT} nothing.stl`);
    for (const path of [
      `/unified-cases/${collected.number}/files/${name}?fileType=stl`,
      `/${PATIENT}`,
      `/cases/${PATIENT}`,
    ]) {
      const query = `${path.includes("?") ? "&" : "?"}connection=${connections.cadmus}`;
      await ask("GET", `/vendors/cadmus${path}${query}`, {}, undefined, "/vendors/[vendor]/[...path]");
    }
    expect(refusals.length).toBeGreaterThan(10);
    const ends = (await database().decision.findMany()).map((decision) => decision.state);
    expect(ends).toContain("confirmed");
    const shown = await database().scan.groupBy({ by: ["state"], _count: true });
    expect(shown.map((group) => group.state)).toEqual(expect.arrayContaining(["ready", "waiting"]));
    expect(await database().upload.count()).toBe(1);
  }, 120_000);

  it("are pushed through vendors that answer nonsense, and one that echoes a token in its refusal", async () => {
    for (const kind of ["html", "malformed", "truncate", "gzipBomb"]) {
      await arm({ path: "orders|unified-cases", fault: { kind, body: `<p>${PATIENT}</p>` }, count: 6 });
      await database().connection.updateMany({ data: { cursor: null } });
      await syncAll();
      await disarm();
    }
    const held = await markCredentials(connections.meditlink!);
    if (held.kind !== "oauth") throw new Error("MeditLink is OAuth");
    const echo = JSON.stringify({
      error: "invalid_grant",
      error_description: `bad token ${held.refreshToken} of ${PATIENT}`,
    });
    await arm({ vendor: "meditlink-auth", fault: { kind: "status", status: 400, body: echo } });
    await fetch(`${portal.sandbox.control}/tokens/expire`, { method: "POST", body: "{}" });
    await database().connection.update({
      where: { id: connections.meditlink },
      data: { accessExpiresAt: new Date(0) },
    });
    await syncAll();
    await disarm();
    const dead = await database().connection.findUniqueOrThrow({ where: { id: connections.meditlink } });
    expect(dead.state).toBe("reconnect_needed");
  }, 120_000);

  it("are in no log, refusal, metric, job or readable column afterwards", async () => {
    expect(canaries.kinds()).toEqual([
      "OAuth code",
      "OAuth state",
      "bearer token",
      "our API key",
      "our password",
      "patient or file name",
      "refresh token",
      "signed address",
    ]);
    expect(printed.text().split("\n").length).toBeGreaterThan(50);
    expect(await everywhere()).toEqual([]);
  });

  it("would be seen, were they there", async () => {
    log.warn({ name: `${PATIENT} 5` }, "planted");
    const [order] = await database().order.findMany({ take: 1 });
    await database().orderEvent.create({
      data: { organisationId: admin.organisationId, orderId: order!.id, kind: "planted", facts: { apiKey } },
    });
    expect((await everywhere()).map((hit) => `${hit.canary} in ${hit.place}`)).toEqual([
      "patient or file name in log",
      "our API key in public.order_events",
    ]);
  });
});
