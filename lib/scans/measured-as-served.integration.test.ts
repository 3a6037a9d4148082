import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createAnswers } from "#components/scan-viewer/measuring/answer-questions.ts";
import { loadMeasured } from "#components/scan-viewer/measuring/load-measured.ts";
import { readMesh } from "#e2e/sandbox/mesh-readers.ts";
import { createApiKey } from "#lib/access/create-api-key.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import type { MeasuredMesh } from "#lib/mesh/measure/measured-mesh.ts";
import { connectAccount, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { type ComparedJaw, worstDifferences } from "#lib/testing/worst-differences.ts";
import { fetchScan } from "./fetch-scan.ts";
import { listScans } from "./get-scan.ts";

const SAMPLES = 1_000;
const TEN_MICROMETRES = 0.01;

let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 30, triangles: 1_200 });
  lab = await connectAccount("lab", "lab@onelab.example");
}, 120_000);
afterAll(async () => {
  vi.unstubAllGlobals();
  await portal.close();
});

const { GET: preview } = await import("#app/api/scans/[id]/preview/route.ts");
const { GET: download } = await import("#app/api/scans/[id]/download/route.ts");

/** An upper and a lower jaw of one order, fetched from the vendor. */
async function twoJaws() {
  const orders = await database().order.findMany({
    where: { connectionId: lab.connectionId, scansCount: { gte: 2 }, status: "pending" },
    orderBy: { number: "desc" },
  });
  for (const { id } of orders) {
    const { items } = await listScans(lab.admin, id);
    const jaws = (["upper", "lower"] as const).map((jaw) => items.find((scan) => scan.jaw === jaw));
    if (!jaws[0] || !jaws[1]) continue;
    for (const jaw of jaws) await fetchScan(lab.admin.organisationId, jaw!.id);
    const ready = (await listScans(lab.admin, id)).items.filter((scan) => jaws.some((jaw) => jaw?.id === scan.id));
    if (ready.length === 2 && ready.every(({ state }) => state === "ready")) return ready;
  }
  throw new Error("No order has two jaws.");
}

it("1,000 measurements on previews as the portal serves them agree with brute force on the originals to 10 µm", async () => {
  const scans = await twoJaws();
  const { organisationId, userId } = lab.admin;
  const { key } = await createApiKey({ organisationId, userId, role: "technician", name: "viewer" });
  const ask = (route: typeof preview, id: string, url: string, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    headers.set("authorization", `Bearer ${key}`);
    return route(new Request(url, { headers }), { params: Promise.resolve({ id }) });
  };
  const addressOf = (id: string) => `http://localhost:3000/api/scans/${id}/preview?detail=full`;
  const original = async (id: string, format: string | null) =>
    readMesh(Buffer.from(await (await ask(download, id, "http://localhost:3000/x")).arrayBuffer()), `scan.${format}`);
  const originals = await Promise.all(scans.map(({ id, format }) => original(id, format)));
  // From here on the browser's own code fetches, unpacks, decodes and measures.
  vi.stubGlobal("fetch", (url: string, init?: RequestInit) => {
    const scan = scans.find(({ id }) => url === addressOf(id));
    return scan ? ask(preview, scan.id, url, init) : Promise.reject(new Error(url));
  });
  const meshes = new Map<string, Promise<MeasuredMesh>>();
  const open = (url: string) => {
    const mesh = meshes.get(url) ?? loadMeasured(url, null);
    meshes.set(url, mesh);
    return mesh;
  };
  const jaws = await Promise.all(
    scans.map(async ({ id }, at): Promise<ComparedJaw> => {
      const url = addressOf(id);
      return { url, original: originals[at]!, shown: await open(url) };
    }),
  );
  const worst = await worstDifferences(createAnswers(open), [jaws[0]!, jaws[1]!], SAMPLES);
  for (const [kind, mm] of Object.entries(worst)) expect([kind, mm < TEN_MICROMETRES, mm]).toEqual([kind, true, mm]);
}, 240_000);
