import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 5, triangles: 500 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.world.clear();
  sandbox.world.live.openDentalThrottle = 0;
});

type Keys = keyof Sandbox["openDentalCustomerKeys"];
async function call(method: string, path: string, body?: unknown, key: Keys = "full") {
  const keys = `${sandbox.openDentalDeveloperKey}/${sandbox.openDentalCustomerKeys[key]}`;
  const response = await fetch(`${sandbox.openDental}${path}`, {
    method,
    headers: { authorization: `ODFHIR ${keys}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}
const rows = async (path: string) => JSON.parse((await call("GET", path)).text) as Record<string, unknown>[];
const sentences = () => sandbox.world.calls.violations().map(({ sentence }) => sentence);
const PDF = { rawBase64: Buffer.from("%PDF-1.4").toString("base64"), extension: ".pdf" };

describe("Open Dental's sandbox", () => {
  test("lists documents and mounts of a patient, with local times and the file's place", async () => {
    const listed = await rows("/documents?PatNum=101");
    expect(listed.map((row) => [row.DocNum !== 0, row.MountNum !== 0])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
    expect(listed[0]).toMatchObject({ filePath: expect.stringMatching(/^\\\\server\\/), DocCategory: 137 });
    expect(listed[0]!.DateCreated).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect((await call("GET", "/documents?PatNum=999")).text).toBe("Patient not found");
    expect((await call("GET", "/documents")).text).toBe("PatNum is required");
  });

  test("keeps what is uploaded, answers as its version does, expands teeth", async () => {
    const body = { PatNum: 101, ...PDF, DocCategory: 14, Description: "Order form", ToothNumbers: "1-3,8,A-C" };
    const newer = await call("POST", "/documents/Upload", body);
    expect(newer.status).toBe(201);
    expect(JSON.parse(newer.text)).toMatchObject({ docCategory: "Lab Cases", ToothNumbers: "1,2,3,8,A,B,C" });
    sandbox.world.live.openDentalGeneration = "older";
    expect(await call("POST", "/documents/Upload", body)).toEqual({ status: 201, text: "" });
    expect((await rows("/documents?PatNum=101")).filter((row) => row.Description === "Order form")).toHaveLength(2);
    expect((await call("GET", "/documents/34")).status).toBe(400);
    expect(sentences()).toEqual([]);
  });

  test("changes and deletes a document", async () => {
    expect((await call("PUT", "/documents/34", { Description: "Smile, again" })).status).toBe(200);
    expect(JSON.parse((await call("GET", "/documents/34")).text)).toMatchObject({ Description: "Smile, again" });
    expect((await call("DELETE", "/documents/34")).status).toBe(200);
    expect(await call("GET", "/documents/34")).toEqual({ status: 404, text: "Document not found" });
  });

  test.each<[Keys, number, number]>([
    ["full", 201, 404],
    ["documents", 201, 401],
    ["read", 401, 401],
  ])("a key with %s may upload: %i, and change: %i", async (key, upload, change) => {
    expect((await call("POST", "/documents/Upload", { PatNum: 101, ...PDF }, key)).status).toBe(upload);
    expect((await call("PUT", "/documents/99999", { Description: "x" }, key)).status).toBe(change);
    expect((await call("GET", "/patients/101", undefined, key)).status).toBe(200);
  });

  test("a wrong key and a missing header are refused and recorded", async () => {
    const response = await fetch(`${sandbox.openDental}/patients`, { headers: { authorization: "ODFHIR a/b" } });
    expect(response.status).toBe(401);
    await fetch(`${sandbox.openDental}/patients`);
    expect(sentences()).toEqual(["The Authorization header is not ODFHIR {developer key}/{customer key}"]);
  });

  test("counts calls per customer key: one too early is recorded", async () => {
    sandbox.world.live.openDentalThrottle = 1;
    expect((await call("GET", "/patients/101")).status).toBe(200);
    expect((await call("GET", "/patients/101", undefined, "read")).status).toBe(200);
    expect((await call("GET", "/patients/101")).status).toBe(429);
    expect(sentences()).toEqual([expect.stringMatching(/it allows one per 1000 ms/)]);
  });

  test("a typing error in a field or a tooth is recorded", async () => {
    await call("POST", "/documents/Upload", { PatNum: 101, RawBase64: "eA==", extension: ".pdf" });
    await call("POST", "/documents/Upload", { PatNum: 101, ...PDF, ToothNumbers: "48" });
    expect(sentences()).toEqual([
      "RawBase64 is not documented for /api/v1/documents/Upload",
      "rawBase64 is required",
      "ToothNumbers is invalid",
    ]);
  });

  test("has patients of one name, image categories, labs and appointments", async () => {
    expect(await rows("/patients?LName=smith&FName=john")).toHaveLength(2);
    expect(await rows("/patients/Simple?LName=Smith&Birthdate=1984-03-02")).toMatchObject([{ PatNum: 101 }]);
    const categories = await rows("/definitions?Category=18");
    expect(categories.find((row) => String(row.ItemValue).includes("B"))).toMatchObject({ DefNum: 14 });
    expect(await rows("/laboratories")).toHaveLength(3);
    expect(await rows("/labturnarounds?LaboratoryNum=1")).toHaveLength(2);
    expect(await rows("/appointments?PatNum=101&AptStatus=Scheduled")).toHaveLength(2);
    expect(await rows("/providers")).toHaveLength(2);
  });

  test("a lab case is made, found by its patient and sent", async () => {
    const body = { PatNum: 101, LaboratoryNum: 1, ProvNum: 1, DateTimeDue: "2026-12-01 17:00:00" };
    const made = JSON.parse((await call("POST", "/labcases", body)).text);
    expect(await rows("/labcases?PatNum=101")).toEqual([made]);
    await call("PUT", `/labcases/${made.LabCaseNum}`, { DateTimeSent: "2026-11-21 10:00:00" });
    const [sent] = await rows("/labcases?PatNum=101");
    expect(sent).toMatchObject({ DateTimeSent: "2026-11-21 10:00:00", DateTimeDue: "2026-12-01 17:00:00" });
    expect((await call("POST", "/labcases", { PatNum: 101, LaboratoryNum: 1 })).text).toBe("ProvNum is required");
  });
});
