import { expect, test } from "vitest";
import { readFilingRequest } from "#lib/documents/read-filing-request.ts";

const ADDRESS = "http://localhost/api/orders/x/chart/filings";

async function multipart(details: string | null): Promise<Request> {
  const form = new FormData();
  form.set("file", new File(["%PDF-1.4"], "note.pdf"));
  if (details !== null) form.set("details", details);
  const packed = new Response(form);
  const body = await packed.arrayBuffer();
  const headers = { "content-type": packed.headers.get("content-type")!, "content-length": String(body.byteLength) };
  return new Request(ADDRESS, { method: "POST", body, headers });
}

test("a paper comes with its details in one form", async () => {
  const read = await readFilingRequest(await multipart('{"kind":"delivery_note","teeth":[11]}'));
  expect(read.details).toEqual({ kind: "delivery_note", teeth: [11] });
  expect(await read.file!.text()).toBe("%PDF-1.4");
});

test("the vendor's own order form needs no file", async () => {
  const headers = { "content-type": "application/json" };
  const request = new Request(ADDRESS, { method: "POST", headers, body: '{"kind":"order_form"}' });
  expect(await readFilingRequest(request)).toEqual({ details: { kind: "order_form" } });
});

test.each([null, "", "{", "[]", '{"kind":"invoice"}', '{"kind":"picture","patient":"101"}'])(
  "details that are %j are refused",
  async (details) => {
    await expect(readFilingRequest(await multipart(details))).rejects.toMatchObject({ code: "invalid_body" });
  },
);
