import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, connect, controlPort, DAVIS, ONE_LAB } from "./sandbox-client.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";

const WHOLE = "schema=latest&size=40&page=0&start=0&end=253402300799000";

interface Row {
  orderNumber: number;
  status: string;
  dateUpdated: string;
  case: { patient: { name: string; code: string } | null };
}

describe("orders at MeditLink", () => {
  let sandbox: Sandbox;
  let lab: string;
  let clinic: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, orders: 60 });
    lab = (await connect(sandbox, "lab@onelab.example")).access_token;
    clinic = (await connect(sandbox, "clinic@davis.example")).access_token;
  });
  afterAll(() => sandbox.close());

  const get = (path: string) => api(sandbox, lab, "GET", path, { group: ONE_LAB });
  const put = (path: string) => api(sandbox, lab, "PUT", `${path}?schema=latest`, { group: ONE_LAB });
  const newOrder = async () =>
    (await controlPort<{ numbers: number[] }>(sandbox, "POST", "/orders", {})).numbers[0] ?? 0;

  it("come in pages, last changed first, each once", async () => {
    const first = await (await get(`/v1/orders/search?${WHOLE}`)).json();
    const second = await (await get(`/v1/orders/search?${WHOLE.replace("page=0", "page=1")}`)).json();
    expect(first).toMatchObject({
      totalElements: 60,
      totalPage: 2,
      numberOfElements: 40,
      first: true,
      last: false,
      page: 0,
      size: 40,
    });
    const rows: Row[] = [...first.content, ...second.content];
    expect(new Set(rows.map(({ orderNumber }) => Number(orderNumber))).size).toBe(60);
    const dates = rows.map(({ dateUpdated }) => dateUpdated);
    expect(dates).toEqual(dates.toSorted().reverse());
  });

  it("show a lab no patient code, and the name only when it is shared", async () => {
    const { content } = (await (await get(`/v1/orders/search?${WHOLE}`)).json()) as { content: Row[] };
    const patients = content.flatMap((row) => row.case.patient ?? []);
    expect(patients.every(({ code }) => code === "")).toBe(true);
    expect(patients.some(({ name }) => name === "")).toBe(true);
    expect(patients.some(({ name }) => name !== "")).toBe(true);
  });

  it("are found by several statuses at once, and an empty status is none", async () => {
    const found = await (await get(`/v1/orders/search?${WHOLE}&status=REJECTED&status=CANCELED`)).json();
    expect(new Set(found.content.map(({ status }: Row) => status))).toEqual(new Set(["REJECTED", "CANCELED"]));
    expect((await (await get(`/v1/orders/search?${WHOLE}&status=&status=`)).json()).totalElements).toBe(60);
  });

  it("that nobody changed in a window answer 204", async () => {
    expect((await get("/v1/orders/search?schema=latest&size=40&page=0&start=0&end=1000")).status).toBe(204);
  });

  it.each([
    ["size=41", "size=40"],
    ["size=0", "size=40"],
    ["page=1001", "page=0"],
    ["start=-1", "start=0"],
    ["end=253402300799001", "end=253402300799000"],
    ["page=", "page=0"],
  ])("cannot be searched with %s", async (wrong, right) => {
    const answer = await get(`/v1/orders/search?${WHOLE.replace(right, wrong)}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ status: 400, path: "/v1/orders/search" });
  });

  it("carry the guide's impossible dates and the lab's own copy of the case", async () => {
    const order = await (await get("/v1/orders/3706720?schema=latest")).json();
    expect(order.buyer).toMatchObject({ dateUpdated: "+52377-10-31T18:06:40Z", dateCreated: "+51036-03-17T00:56:40Z" });
    expect(order.seller).toMatchObject({
      dateUpdated: "+51447-12-26T02:16:40Z",
      dateCreated: "+51036-03-24T12:23:20Z",
    });
    expect(order.case.uuid).toBe("bf335448-ebfc-4922-9b9e-d903b191ad7e");
    expect(order.case.files).toHaveLength(15);
    expect(order.case.files.filter(({ name }: { name: string }) => name === "mandibular.meditMesh")).toHaveLength(3);
    expect(order.case.multiOcclusionGroup[2].files).toHaveLength(5);
    expect(order.case.patient).toEqual({ name: "Seolah.Jeon", code: "" });
  });

  it("are accepted once; the clinic sees it, and a second try is a conflict", async () => {
    const number = await newOrder();
    const before = Date.now();
    const accepted = await put(`/v1/orders/${number}/accept`);
    expect(accepted.status).toBe(200);
    expect(await accepted.json()).toMatchObject({
      orderNumber: number,
      status: "ACCEPTED",
      case: { files: expect.any(Array) },
    });
    expect((await put(`/v1/orders/${number}/accept`)).status).toBe(409);
    expect((await put(`/v1/orders/${number}/reject`)).status).toBe(409);
    const seen = await (
      await api(sandbox, clinic, "GET", `/v1/orders/${number}?schema=latest`, { group: DAVIS })
    ).json();
    expect(seen.status).toBe("ACCEPTED");
    expect(Date.parse(seen.dateUpdated)).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000);
    expect(
      (await api(sandbox, clinic, "PUT", `/v1/orders/${number}/cancel?schema=latest`, { group: DAVIS })).status,
    ).toBe(409);
    expect(await controlPort(sandbox, "GET", `/orders/${number}`)).toMatchObject({
      status: "ACCEPTED",
      counts: { accepted: 1, rejected: 0, cancelled: 0, refused: 3 },
      history: [{ action: "accept", by: "lab@onelab.example", via: "api", from: "PENDING", to: "ACCEPTED" }],
    });
  });

  it("are rejected by the lab and cancelled by the clinic, and by nobody else", async () => {
    const [rejected, cancelled] = [await newOrder(), await newOrder()];
    const asClinic = (path: string) => api(sandbox, clinic, "PUT", `${path}?schema=latest`, { group: DAVIS });
    expect((await asClinic(`/v1/orders/${rejected}/reject`)).status).toBe(403);
    expect((await put(`/v1/orders/${cancelled}/cancel`)).status).toBe(403);
    expect(await (await put(`/v1/orders/${rejected}/reject`)).json()).toMatchObject({
      status: "REJECTED",
      schemaVersion: "s1",
    });
    expect(await (await asClinic(`/v1/orders/${cancelled}/cancel`)).json()).toMatchObject({
      status: "CANCELED",
      orderNumber: cancelled,
    });
  });

  it("of other parties do not exist for a lab", async () => {
    const nord = (await connect(sandbox, "lab@nordlab.example")).access_token;
    const me = await (await api(sandbox, nord, "GET", "/v1/me?schema=latest")).json();
    expect((await api(sandbox, nord, "GET", "/v1/orders/3706720?schema=latest", { group: me.group.uuid })).status).toBe(
      404,
    );
    expect((await api(sandbox, nord, "GET", "/v1/orders/3706720?schema=latest", { group: ONE_LAB })).status).toBe(403);
  });

  it("drift over the pages while others work", async () => {
    await controlPort(sandbox, "POST", "/settings", { churnPerSearch: 0.5 });
    const first = () => get(`/v1/orders/search?${WHOLE.replace("size=40", "size=1")}`).then((answer) => answer.json());
    const numbers: number[] = [];
    for (let i = 0; i < 8; i++) numbers.push((await first()).content[0].orderNumber);
    await controlPort(sandbox, "POST", "/settings", { churnPerSearch: 0 });
    expect(new Set(numbers).size).toBeGreaterThan(2);
  });

  it("a colleague decides in the vendor's portal are decided for everyone", async () => {
    const number = await newOrder();
    await controlPort(sandbox, "POST", `/orders/${number}`, { action: "accept", by: "Min-seo Kang" });
    expect((await put(`/v1/orders/${number}/accept`)).status).toBe(409);
    const truth = await controlPort<{ counts: unknown; history: unknown[] }>(sandbox, "GET", `/orders/${number}`);
    expect(truth.counts).toMatchObject({ accepted: 0, refused: 1 });
    expect(truth.history).toMatchObject([{ via: "vendor portal", by: "Min-seo Kang", to: "ACCEPTED" }]);
  });
});
