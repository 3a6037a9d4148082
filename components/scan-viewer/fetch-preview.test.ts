import { expect, test } from "vitest";
import { fetchPreview } from "./fetch-preview.ts";

const GLB = new TextEncoder().encode(`glTF and a mesh ${Array.from({ length: 50_000 }, (_, at) => at).join(" ")}`);

/** An address that answers with these bytes, without a server. */
function addressOf(bytes: Uint8Array): string {
  return `data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`;
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

test("a preview is the same whether it travelled plain or compressed", async () => {
  expect(await fetchPreview(addressOf(GLB))).toEqual(GLB);
  expect(await fetchPreview(addressOf(await gzip(GLB)))).toEqual(GLB);
});

test("a preview that was cut short on its way is none", async () => {
  const packed = await gzip(GLB);
  for (const length of [packed.length - 1, 1_000, 3]) {
    await expect(fetchPreview(addressOf(packed.subarray(0, length)))).rejects.toThrow();
  }
});
