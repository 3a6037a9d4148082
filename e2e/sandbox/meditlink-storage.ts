import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { documentBytes } from "./documents.ts";
import type { Exchange, Handler, Reply } from "./exchange.ts";
import { CASE_BUCKET, GROUP_BUCKET } from "./meditlink-views.ts";
import type { MeshFormat } from "./mesh-writers.ts";
import type { ScanFiles } from "./scan-files.ts";
import { verifySignature } from "./signed-urls.ts";
import { objectReply, storageProblem, unexpectedHeaders } from "./storage-reply.ts";
import type { Uploads } from "./uploads.ts";
import type { World } from "./world.ts";

const ARCHIVE_KEY = new RegExp(`^/${CASE_BUCKET}/[^/]+/[^/]+/([0-9a-f-]{36})(?:\\.(obj|stl|ply))?\\.7z$`);
const UPLOAD_KEY = new RegExp(`^/${CASE_BUCKET}/\\.openapi/[^/]+/([0-9a-f-]{36})\\.tmp$`);
const PUBLIC_IMAGE = new RegExp(`^/${GROUP_BUCKET}/public/(\\d+)/[0-9a-f-]{36}$`);
const PROFILE_IMAGE = new RegExp(`^/${GROUP_BUCKET}/photos/(\\d+)\\.png$`);

/** MeditLink's storage: Amazon S3 as far as signed URLs show it (guide §3.4.1, §3.4.3). */
export function meditlinkStorage(world: World, scans: ScanFiles, uploads: Uploads): Handler {
  async function get(exchange: Exchange): Promise<Reply> {
    const path = exchange.url.pathname;
    const publicImage = PUBLIC_IMAGE.exec(path)?.[1];
    if (publicImage !== undefined) return image(Number(publicImage));
    const refusal = refusalOf(world, exchange, "");
    if (refusal !== null) return refusal;
    const profile = PROFILE_IMAGE.exec(path)?.[1];
    if (profile !== undefined) return image(Number(profile));
    const [, uuid, type] = ARCHIVE_KEY.exec(path) ?? [];
    const held = uuid === undefined ? undefined : world.files.get(uuid);
    if (held === undefined) return storageProblem(404, "NoSuchKey", "The specified key does not exist.", { Key: path });
    const archive = await scans.archive(held.file, (type as MeshFormat | undefined) ?? null);
    return objectReply(exchange, { ...archive, etag: archive.md5, contentType: "binary/octet-stream" });
  }

  async function put(exchange: Exchange): Promise<Reply> {
    const { headers, violations, url } = exchange;
    const md5 = headers["content-md5"];
    if (md5 === undefined) violations.push("The upload has no Content-MD5 header, which is a signed header");
    const refusal = refusalOf(world, exchange, typeof md5 === "string" ? md5 : "");
    if (refusal !== null) return refusal;
    const upload = world.uploads.get(UPLOAD_KEY.exec(url.pathname)?.[1] ?? "");
    if (upload === undefined) return storageProblem(404, "NoSuchKey", "The specified key does not exist.");
    if (headers["content-length"] === undefined) {
      violations.push("The upload has no Content-Length header");
      return storageProblem(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }
    const stored = await store(exchange, join(scans.uploadsDir, upload.uuid));
    if (stored.md5 !== upload.hash) {
      violations.push("The uploaded bytes do not have the MD5 of the Content-MD5 header");
      return storageProblem(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    if (stored.size !== upload.size)
      violations.push(`The upload has ${stored.size} bytes, but ${upload.size} were registered`);
    uploads.arrived(upload, stored.size === upload.size);
    return { status: 200, headers: { etag: `"${Buffer.from(stored.md5, "base64").toString("hex")}"` } };
  }

  return (exchange) => {
    switch (exchange.method) {
      case "GET":
        return get(exchange);
      case "PUT":
        return put(exchange);
      default:
        exchange.violations.push(`${exchange.method} is not a method of a signed URL`);
        return storageProblem(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.");
    }
  };
}

function refusalOf(world: World, exchange: Exchange, md5: string): Reply | null {
  const unexpected = unexpectedHeaders(exchange);
  if (unexpected !== null) return unexpected;
  switch (verifySignature(world, "X-Amz", exchange.method, exchange.url, md5)) {
    case "valid":
      return null;
    case "missing":
      exchange.violations.push("The storage was asked without a signature");
      return storageProblem(403, "AccessDenied", "Access Denied");
    case "expired":
      return storageProblem(403, "AccessDenied", "Request has expired", {
        "X-Amz-Expires": exchange.url.searchParams.get("X-Amz-Expires") ?? "",
        ServerTime: new Date(world.now()).toISOString(),
      });
    case "wrong":
      exchange.violations.push("The signed URL or a signed header was altered");
      return storageProblem(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided.",
      );
  }
}

function image(seed: number): Reply {
  const body = documentBytes({ kind: "document", document: "photo", seed, title: "" });
  return { status: 200, headers: { "content-type": "image/png" }, body };
}

async function store({ request }: Exchange, path: string): Promise<{ size: number; md5: string }> {
  const hash = createHash("md5");
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(request, measure, createWriteStream(`${path}.part`));
  await rename(`${path}.part`, path);
  return { size, md5: hash.digest("base64") };
}
