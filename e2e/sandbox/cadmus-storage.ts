import { createHash } from "node:crypto";
import { CADMUS_BUCKET } from "./cadmus-api.ts";
import { pdfPage } from "./documents.ts";
import type { Handler } from "./exchange.ts";
import type { ScanFiles } from "./scan-files.ts";
import { verifySignature } from "./signed-urls.ts";
import { objectReply, storageProblem, unexpectedHeaders } from "./storage-reply.ts";
import type { World } from "./world.ts";

const OBJECT = new RegExp(`^/${CADMUS_BUCKET}/org-(\\d+)/case-(\\d+)/([^/]+)$`);

/** Cadmus' storage: Google Cloud Storage as far as signed URLs show it. An expired URL is a 400 there. */
export function cadmusStorage(world: World, scans: ScanFiles): Handler {
  return async (exchange) => {
    const { method, url, violations } = exchange;
    if (method !== "GET") {
      violations.push(`${method} is not a method of a Cadmus URL`);
      return storageProblem(403, "SignatureDoesNotMatch", "Access denied.");
    }
    const unexpected = unexpectedHeaders(exchange);
    if (unexpected !== null) return unexpected;
    switch (verifySignature(world, "X-Goog", method, url, "")) {
      case "missing":
        violations.push("The storage was asked without a signature");
        return storageProblem(403, "AccessDenied", "Access denied.");
      case "wrong":
        violations.push("The signed URL was altered");
        return storageProblem(403, "SignatureDoesNotMatch", "Access denied.");
      case "expired":
        return storageProblem(400, "ExpiredToken", "Invalid argument.", { Details: "The provided token has expired." });
      case "valid":
        break;
    }
    const [, , id, name] = OBJECT.exec(url.pathname) ?? [];
    const found = world.cadmusCases.get(Number(id));
    const filename = decodeURIComponent(name ?? "");
    if (found?.orderForm?.filename === filename) {
      const body = pdfPage(found.orderForm.lines);
      return {
        status: 200,
        headers: { "content-type": "application/pdf", etag: `"${createHash("md5").update(body).digest("hex")}"` },
        body,
      };
    }
    const file = found?.files.find((candidate) => candidate.filename === filename);
    if (file === undefined) return storageProblem(404, "NoSuchKey", "The specified key does not exist.");
    const mesh = await scans.mesh(file.scan, file.fileType);
    return objectReply(exchange, { ...mesh, etag: mesh.md5, contentType: "application/octet-stream" });
  };
}
