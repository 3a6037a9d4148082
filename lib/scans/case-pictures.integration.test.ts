import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "#lib/access/create-api-key.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { readPreviews } from "#lib/mesh/read-preview.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { sealFileName } from "#lib/orders/seal-order.ts";
import { connectAccount, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { drawCase } from "./draw-case.ts";
import { drawThumbnail } from "./draw-thumbnail.ts";
import { fetchScan } from "./fetch-scan.ts";
import { listScans } from "./get-scan.ts";
import { chooseForPicture } from "./pictured-scans.ts";

let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };
let keys: Record<"own" | "foreign", string>;
let orderId: string;

const { GET: thumbnail } = await import("#app/api/orders/[id]/thumbnail/route.ts");
const { GET: preview } = await import("#app/api/orders/[id]/preview/route.ts");
type Route = typeof thumbnail;

async function keyOf({ organisationId, userId }: Principal): Promise<string> {
  return (await createApiKey({ organisationId, userId, role: "technician", name: "test" })).key;
}

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 30 });
  lab = await connectAccount("lab", "lab@onelab.example");
  keys = { own: await keyOf(lab.admin), foreign: await keyOf(await portal.makeOrganisation("Elsewhere", "lab")) };
  const row = await database().order.findFirstOrThrow({
    where: { connectionId: lab.connectionId, scansCount: { gte: 2 }, scans: { every: { state: "waiting" } } },
    orderBy: { number: "desc" },
  });
  orderId = row.id;
}, 120_000);
afterAll(() => portal.close());

function call(route: Route, query = "", headers: Record<string, string> = {}, who: keyof typeof keys = "own") {
  const request = new Request(`http://localhost:3000/x${query}`, {
    headers: { authorization: `Bearer ${keys[who]}`, ...headers },
  });
  return route(request, { params: Promise.resolve({ id: orderId }) });
}

describe("the pictures of a case", () => {
  it("are not there before a scan is", async () => {
    expect((await getOrder(lab.admin, orderId)).thumbnail).toBeNull();
    expect(await drawCase(lab.admin.organisationId, orderId, { width: 90, height: 60 })).toBeNull();
    expect((await call(thumbnail)).status).toBe(409);
    expect((await call(preview)).status).toBe(409);
  });

  it("are drawn once its scans are ready, under an address of their own, and kept for ever", async () => {
    const { organisationId } = lab.admin;
    for (const { id } of (await listScans(lab.admin, orderId)).items) await fetchScan(organisationId, id);
    const waiting = await database().$queryRaw`
      SELECT 1 FROM jobs.job WHERE name = 'draw-thumbnail' AND data->>'orderId' = ${orderId}`;
    expect(waiting).toHaveLength(1);
    await drawThumbnail(organisationId, orderId);

    const address = (await getOrder(lab.admin, orderId)).thumbnail!;
    const answer = await call(thumbnail, new URL(address, "http://localhost").search);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("cache-control")).toContain("immutable");
    const png = Buffer.from(await answer.arrayBuffer());
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([96, 64]);
    const again = await call(thumbnail, "", { "if-none-match": answer.headers.get("etag")! });
    expect([again.status, again.headers.get("cache-control")]).toEqual([304, "private, no-cache"]);
    expect((await call(thumbnail, "", {}, "foreign")).status).toBe(404);

    const large = Buffer.from((await drawCase(organisationId, orderId, { width: 300, height: 200 }))!);
    expect([large.readUInt32BE(16), large.readUInt32BE(20)]).toEqual([300, 200]);
  });

  it("show the jaws to be worked on, not an earlier state of one that the vendor lists before it", async () => {
    const { organisationId } = lab.admin;
    const [first, second] = await database().orderFile.findMany({
      where: { orderId, scan: { isNot: null } },
      orderBy: { position: "asc" },
    });
    const as = (file: typeof first, name: string) =>
      database().orderFile.update({
        where: { id: file!.id },
        data: { jaw: "lower", nameSealed: sealFileName(organisationId, file!.id, name) },
      });
    await as(first, "mandibular_preop.stl");
    await as(second, "mandibular.stl");
    const chosen = await withOrganisation(organisationId, (tx) => chooseForPicture(tx, organisationId, orderId));
    const { lowSha256 } = await database().scan.findFirstOrThrow({ where: { fileId: second!.id } });
    expect(chosen.filter(({ jaw }) => jaw === "lower")).toEqual([{ lowSha256, jaw: "lower", axes: null }]);
  });

  it("come as one file with all first pictures, gzipped for who can read it", async () => {
    const { items } = await listScans(lab.admin, orderId);
    const plain = await call(preview);
    const glb = Buffer.from(await plain.arrayBuffer());
    const meshes = await readPreviews(glb);
    expect([...meshes.keys()]).toEqual(items.map(({ id }) => id));
    for (const { id, previews } of items) expect(meshes.get(id)!.indices.length / 3).toBe(previews.low!.triangles);

    const ids = items.map(({ id }) => id).join(",");
    const packed = await call(preview, `?scans=${ids}`, { accept: "application/gzip, model/gltf-binary" });
    expect(packed.headers.get("content-type")).toBe("application/gzip");
    expect(packed.headers.get("cache-control")).toContain("immutable");
    expect(Buffer.compare(gunzipSync(await packed.arrayBuffer()), glb)).toBe(0);
    expect((await call(preview, "", { "if-none-match": plain.headers.get("etag")! })).status).toBe(304);

    expect((await call(preview, "", {}, "foreign")).status).toBe(404);
    expect((await call(preview, `?scans=${crypto.randomUUID()}`)).status).toBe(404);
    expect((await call(preview, "?scans=abc")).status).toBe(400);
  });
});
