import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMesh } from "./mesh-readers.ts";
import { api, connect, controlPort, ONE_LAB } from "./sandbox-client.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";

interface Item {
  id: number;
  caseId: string;
  portalId: number;
  createdAt: string;
  patientFullname: string | null;
  status: string;
  completenessStatus: string;
  infoRequestStatus: string;
  acceptedData: Record<string, unknown>;
}

interface Page {
  items: Item[];
  page: number;
  pageSize: number;
  total: number;
}

describe("Cadmus", () => {
  let sandbox: Sandbox;
  let token: string;
  let now = Date.now();
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, orders: 12, triangles: 2_000, now: () => now });
    token = (await (await logIn("cadmus@onelab.example")).json()).token;
  });
  afterAll(() => sandbox.close());

  const logIn = (email: string, password = "sandbox") =>
    fetch(`${sandbox.cadmusApi}/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
  const get = (path: string, bearer = token) =>
    fetch(`${sandbox.cadmusApi}${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  const page = async (query: string): Promise<Page> => (await get(`/unified-cases?${query}`)).json();
  const everything = async () => (await page("page=1&pageSize=100")).items;

  it("gives a token of eight hours for the right password", async () => {
    const { token: jwt, expiresAt } = await (await logIn("cadmus@onelab.example")).json();
    expect(jwt.split(".")).toHaveLength(3);
    expect(Date.parse(expiresAt)).toBe(Math.floor(now / 1000) * 1000 + 8 * 3_600_000);
    expect((await logIn("cadmus@onelab.example", "wrong")).status).toBe(401);
    expect((await get("/unified-cases", "not.a.token")).status).toBe(401);
  });

  it("lists every triple of states, in pages that start at one", async () => {
    const all = await everything();
    const triples = new Set(all.map((item) => `${item.status} ${item.completenessStatus} ${item.infoRequestStatus}`));
    expect(triples.size).toBe(36);
    const walked: number[] = [];
    for (let number = 1; number <= 5; number++)
      walked.push(...(await page(`page=${number}&pageSize=10`)).items.map(({ id }) => id));
    expect(walked).toEqual(all.map(({ id }) => id));
    expect((await get("/unified-cases?page=0")).status).toBe(400);
    expect((await get("/unified-cases?pageSize=101")).status).toBe(400);
    expect(await page("")).toMatchObject({ page: 1, pageSize: 20, total: all.length });
  });

  it("counts both ends of a span of days, in UTC", async () => {
    const day = new Date(Math.floor(now / 86_400_000) * 86_400_000 - 3 * 86_400_000).toISOString().slice(0, 10);
    const found = (await page(`from=${day}&to=${day}&pageSize=100`)).items;
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ createdAt }) => createdAt.startsWith(day))).toBe(true);
    expect(found.some(({ createdAt }) => createdAt === `${day}T00:00:00Z`)).toBe(true);
    expect((await get("/unified-cases?from=yesterday")).status).toBe(400);
  });

  it("spells accepted data in several ways and leaves patient names out now and then", async () => {
    const all = await everything();
    expect(all.some(({ patientFullname }) => patientFullname === null)).toBe(true);
    const keys = new Set(all.flatMap(({ acceptedData }) => Object.keys(acceptedData)));
    for (const key of ["scanFiles", "files", "scans", "_portal", "x-unmapped"]) expect(keys).toContain(key);
  });

  it("serves scans and the order form from signed URLs of fifteen minutes", async () => {
    const located = await (await get("/unified-cases/42/files/upper.stl?fileType=stl")).json();
    expect(located).toMatchObject({ filename: "upper.stl", fileType: "stl" });
    const mesh = Buffer.from(await (await fetch(located.url)).arrayBuffer());
    expect(readMesh(mesh, "upper.stl").indices.length / 3).toBeGreaterThan(1_500);
    const form = await (await get("/unified-cases/42/order-form")).json();
    const pdf = Buffer.from(await (await fetch(form.url)).arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.toString("latin1")).toContain("Order form 42");
    now += 15 * 60_000 + 2_000;
    expect((await fetch(located.url)).status).toBe(400);
    now -= 15 * 60_000 + 2_000;
    expect((await get("/unified-cases/46/order-form")).status).toBe(404);
    expect((await get("/unified-cases/42/files/other.stl?fileType=stl")).status).toBe(404);
    expect((await get("/unified-cases/42/files/upper.stl")).status).toBe(400);
  });

  it("keeps the cases of other organisations to itself and names the portals", async () => {
    expect((await get("/unified-cases/900")).status).toBe(404);
    expect((await (await get("/portals/ios")).json()).map(({ name }: { name: string }) => name)).toContain("DS Core");
    const configured = await (await get("/portals/configured")).json();
    expect(configured).toHaveLength(4);
    expect(configured[0]).toMatchObject({ id: 7, portalName: "Medit Link", lastFetch: expect.stringMatching(/Z$/) });
  });

  it("has some cases that are MeditLink orders by another door, with the very same scans", async () => {
    const lab = (await connect(sandbox, "lab@onelab.example")).access_token;
    const orders = await controlPort<{ number: number; orderCase: string }[]>(sandbox, "GET", "/orders");
    const twin = (await everything()).find(({ caseId }) =>
      orders.some(({ orderCase }) => orderCase === caseId),
    ) as Item;
    const number = orders.find(({ orderCase }) => orderCase === twin.caseId)?.number;
    const order = await (
      await api(sandbox, lab, "GET", `/v1/orders/${number}?schema=latest`, { group: ONE_LAB })
    ).json();
    const upper = order.case.files.find(({ name }: { name: string }) => name === "maxillary.meditMesh");
    const { items } = await (
      await api(sandbox, lab, "GET", `/v1/files/${upper.uuid}?type=stl`, { group: ONE_LAB })
    ).json();
    const located = await (await get(`/unified-cases/${twin.id}/files/maxilla.stl?fileType=stl`)).json();
    const bytes = Buffer.from(await (await fetch(located.url)).arrayBuffer());
    expect(createHash("md5").update(bytes).digest("hex")).toBe(items[0].hashValue);
  });

  it("forgets its tokens when the control port says so, and changes states", async () => {
    await controlPort(sandbox, "POST", "/cadmus/cases/42", { status: "in_production", infoRequestStatus: "requested" });
    expect(await (await get("/unified-cases/42")).json()).toMatchObject({
      status: "in_production",
      infoRequestStatus: "requested",
    });
    await controlPort(sandbox, "POST", "/tokens/expire", { what: "access", account: "cadmus@onelab.example" });
    expect((await get("/unified-cases/42")).status).toBe(401);
  });
});
