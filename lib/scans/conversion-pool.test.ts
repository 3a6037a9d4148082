import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { parseMesh } from "#lib/mesh/parse-mesh.ts";
import { drawPicture } from "#lib/mesh/picture/draw-picture.ts";
import { encodePng } from "#lib/mesh/picture/encode-png.ts";
import { readPreview } from "#lib/mesh/read-preview.ts";
import { sampleMesh } from "#lib/mesh/sample-mesh.ts";
import { type Axes, turnMesh } from "#lib/mesh/turn-mesh.ts";
import { writeObj } from "#lib/mesh/write-obj.ts";
import { writePly } from "#lib/mesh/write-ply.ts";
import { ConversionPool, type PoolOptions } from "./conversion-pool.ts";
import { PRIORITY } from "./conversion-priority.ts";

const directory = mkdtempSync(join(tmpdir(), "casebench-conversion-"));
const pools: ConversionPool[] = [];
let count = 0;

function poolOf(options: PoolOptions): ConversionPool {
  const pool = new ConversionPool(options);
  pools.push(pool);
  return pool;
}

function targets() {
  const name = join(directory, `preview-${++count}`);
  const paths = (detail: string) => ({ glb: `${name}.${detail}.glb`, gzip: `${name}.${detail}.glb.gz` });
  return { low: paths("low"), full: paths("full") };
}

function save(name: string, bytes: Uint8Array | string): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("the conversion pool", () => {
  it("writes both previews, plain and as gzip, and tells their facts", async () => {
    const mesh = sampleMesh(300, 100, { colours: true });
    const to = targets();
    const { facts, low, full } = await poolOf({ size: 1 }).convertFile(save("jaw.ply", writePly(mesh)), to, {
      hint: "obj",
    });
    expect(facts).toMatchObject({ format: "ply", triangles: 60_000, hasColour: true });
    expect(full.triangles).toBe(60_000);
    expect(full.maxErrorUm).toBeLessThanOrEqual(1);
    expect(low.triangles).toBeLessThanOrEqual(20_000);
    expect(statSync(to.full.glb).size).toBe(full.bytes);
    expect(statSync(to.low.gzip).size).toBe(low.gzipBytes);
    expect(gunzipSync(readFileSync(to.full.gzip))).toEqual(readFileSync(to.full.glb));
    expect((await readPreview(readFileSync(to.full.glb))).indices.length).toBe(180_000);
  });

  it("exports a mesh in another format", async () => {
    const mesh = sampleMesh(10, 5);
    const target = join(directory, "export.stl");
    const exported = await poolOf({ size: 1 }).exportFile(save("small.obj", writeObj(mesh)), "stl", target);
    expect(exported).toEqual({ format: "stl", bytes: 84 + 100 * 50 });
    expect(parseMesh(readFileSync(target)).mesh.indices.length).toBe(300);
  });

  it("draws a scan as it lies in the mouth, where its portal says that it lies otherwise", async () => {
    const pool = poolOf({ size: 1 });
    const to = targets();
    await pool.convertFile(save("lying.obj", "v 0 0 0\nv 9 0 0\nv 0 5 0\nv 0 0 3\nf 1 3 2\nf 1 2 4\nf 2 3 4\n"), to);
    const glb = readFileSync(to.low.glb);
    const [axes, stone, size] = [["-x", "z", "y"] as const, "other" as const, { width: 48, height: 32 }];
    const drawn = async (as: Axes | null) => {
      const { png } = await pool.drawPicture([{ glb, stone, axes: as }], size);
      return Buffer.from(png).toString("base64");
    };
    const turned = drawPicture([{ ...turnMesh(await readPreview(glb), axes), stone }], size.width, size.height);
    expect(await drawn(axes)).toBe(Buffer.from(encodePng(turned)).toString("base64"));
    expect(await drawn(axes)).not.toBe(await drawn(null));
  });

  it("names what is wrong with an unreadable mesh, and goes on with the next one", async () => {
    const pool = poolOf({ size: 1 });
    const broken = pool.convertFile(save("broken.obj", "v 0 0 0\nv 1 1 1\nf 1 2 9\n"), targets());
    await expect(broken).rejects.toMatchObject({ code: "mesh_unreadable", where: { line: 3 } });
    await expect(pool.convertFile(join(directory, "missing.obj"), targets())).rejects.toMatchObject({
      code: "converter_failed",
    });
    await pool.convertFile(save("good.ply", writePly(sampleMesh(5, 5))), targets());
  });

  it("does first what a person waits for", async () => {
    const pool = poolOf({ size: 1 });
    const path = save("queued.ply", writePly(sampleMesh(5, 5)));
    const done: string[] = [];
    const convert = async (name: string, priority: 0 | 1 | 2) => {
      await pool.convertFile(path, targets(), { priority });
      done.push(name);
    };
    await Promise.all([
      convert("running", PRIORITY.background),
      convert("background", PRIORITY.background),
      convert("pending", PRIORITY.pending),
      convert("waiting", PRIORITY.waiting),
      convert("waiting too", PRIORITY.waiting),
    ]);
    expect(done).toEqual(["running", "waiting", "waiting too", "pending", "background"]);
  });

  it("gives up on a job that takes too long, and goes on with a fresh thread", async () => {
    const path = save("large.ply", writePly(sampleMesh(400, 400)));
    const slow = poolOf({ size: 1, deadlineMs: 1 });
    await expect(slow.convertFile(path, targets())).rejects.toMatchObject({ code: "timed_out" });
    await expect(slow.convertFile(path, targets())).rejects.toMatchObject({ code: "timed_out" });
  });

  it("survives a thread that runs out of memory", async () => {
    const pool = poolOf({ size: 1, heapMegabytes: 24 });
    // One facet with a million corners is collected in the heap; everything else lives outside it.
    const facet = `solid a\nfacet normal 0 0 1\nouter loop\n${"vertex 1.5 2 3\n".repeat(1_500_000)}`;
    const death = pool.convertFile(save("endless.stl", facet), targets());
    await expect(death).rejects.toMatchObject({ code: "too_large" });
    await pool.exportFile(save("small.ply", writePly(sampleMesh(3, 3))), "stl", join(directory, "after.stl"));
  });

  it("drops what nobody waits for any more, and everything on closing", async () => {
    const pool = poolOf({ size: 1 });
    const path = save("dropped.ply", writePly(sampleMesh(200, 200)));
    const controller = new AbortController();
    const running = pool.convertFile(path, targets());
    const waiting = pool.convertFile(path, targets(), { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
    const [closed] = await Promise.allSettled([running, pool.close()]);
    expect(closed).toMatchObject({ status: "rejected", reason: { code: "cancelled" } });
    await expect(pool.convertFile(path, targets())).rejects.toMatchObject({ code: "cancelled" });
  });
});
