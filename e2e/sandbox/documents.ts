import { crc32, deflateSync } from "node:zlib";
import { makeMargin } from "./arch-generator.ts";
import { Random } from "./random.ts";
import type { FileContent } from "./vendor-records.ts";

type DocumentContent = Extract<FileContent, { kind: "document" }>;

const made = new Map<string, Buffer>();

/** The bytes of a file that is not a mesh: the same for the same content, and made once. */
export function documentBytes(content: DocumentContent): Buffer {
  const { document, seed, title, margin } = content;
  const key = `${document} ${seed} ${document === "note" ? title : ""} ${JSON.stringify(margin ?? "")}`;
  let bytes = made.get(key);
  if (bytes === undefined) {
    bytes = makeDocument(content);
    made.set(key, bytes);
  }
  return bytes;
}

function makeDocument(content: DocumentContent): Buffer {
  switch (content.document) {
    case "photo":
      return shadePhoto(content.seed);
    case "note":
      return pdfPage([
        content.title,
        "",
        "Please match the shade of the neighbouring teeth.",
        "Light occlusal contact only.",
      ]);
    case "group-info":
      return groupInfo(content.seed);
    case "margin-line":
      return marginLine(content);
    case "project":
      return Buffer.concat([Buffer.from("MEDITAPP\u0000"), noise(content.seed, 20_000)]);
  }
}

/** Deterministic incompressible bytes: stands for a proprietary format. */
export function noise(seed: number, length: number): Buffer {
  const random = new Random(seed);
  const bytes = Buffer.alloc(length);
  for (let i = 0; i + 4 <= length; i += 4) bytes.writeUInt32LE(random.int(0, 0xffff_ffff), i);
  return bytes;
}

/** A small photo-like PNG: teeth-coloured bands between a gum and a dark mouth, 160 × 120. */
function shadePhoto(seed: number): Buffer {
  const width = 160;
  const height = 120;
  const random = new Random(seed);
  const warmth = random.int(0, 24);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      const edge = Math.abs(((x + 13) % 27) - 13) / 13;
      const gum = 30 + 10 * edge;
      const tip = 92 - 8 * edge;
      const grain = random.int(-4, 4);
      const colour =
        y < gum
          ? [201, 116, 118]
          : y < tip
            ? [236 - 26 * edge, 226 - 30 * edge, 204 - warmth - 34 * edge]
            : [58, 26, 28];
      for (let k = 0; k < 3; k++) rows[at + k] = Math.max(0, Math.min(255, (colour[k] ?? 0) + grain));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function groupInfo(seed: number): Buffer {
  const text = JSON.stringify({
    version: 3,
    group: seed % 7,
    transforms: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  });
  return Buffer.from(text.padEnd(1005 + (seed % 11), " "));
}

/** A prepared tooth's margin as a closed ring of points, one `x y z` per line, millimetres. */
function marginLine({ seed, margin }: DocumentContent): Buffer {
  const ring = margin ? makeMargin(margin, margin.fdi) : looseRing(seed);
  return Buffer.from(`${ring.map((point) => point.map((v) => v.toFixed(4)).join(" ")).join("\n")}\n`);
}

function looseRing(seed: number): number[][] {
  const random = new Random(seed);
  return Array.from({ length: 96 }, (_, index) => {
    const angle = (index / 96) * 2 * Math.PI;
    const radius = 4.2 + 0.4 * Math.cos(3 * angle) + 0.05 * random.next();
    return [radius * Math.cos(angle), radius * 1.15 * Math.sin(angle), 0.3 * Math.sin(2 * angle)];
  });
}

/** A one-page A4 PDF with these lines, the first as its title. Characters outside Latin-1 become "?". */
export function pdfPage(lines: string[]): Buffer {
  const text = lines.map((line, index) => {
    const y = 780 - index * 20 - (index > 0 ? 14 : 0);
    return `BT /${index === 0 ? "F2 18" : "F1 11"} Tf 56 ${y} Td (${pdfText(line)}) Tj ET`;
  });
  const stream = Buffer.from(`0.13 0.29 0.47 RG 56 770 m 539 770 l S\n${text.join("\n")}\n`, "latin1");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    `<< /Length ${stream.length} >>\nstream\n${stream.toString("latin1")}endstream`,
  ];
  let body = "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n";
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  body += offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(body, "latin1");
}

function pdfText(line: string): string {
  const latin = [...line.replaceAll("’", "'")].map((char) => ((char.codePointAt(0) ?? 63) > 255 ? "?" : char)).join("");
  return latin.replace(/[\\()]/g, "\\$&").replace(/[\r\n]+/g, " ");
}
