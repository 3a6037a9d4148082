import { expect, test } from "vitest";
import { fetchPreview } from "./fetch-preview.ts";

const GLB = new TextEncoder().encode("glTF and a mesh");

/** An address that answers with these bytes, without a server. */
function addressOf(bytes: Uint8Array): string {
  return `data:application/octet-stream;base64,${btoa(String.fromCharCode(...bytes))}`;
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

test("a preview is the same whether it travelled plain or compressed", async () => {
  expect(await fetchPreview(addressOf(GLB))).toEqual(GLB);
  expect(await fetchPreview(addressOf(await gzip(GLB)))).toEqual(GLB);
});
