import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ApiCall } from "./api-call.ts";
import { json, type Reply } from "./exchange.ts";
import { visibleCase } from "./meditlink-cases.ts";
import { MeditlinkProblem } from "./meditlink-error.ts";
import { CASE_BUCKET, fileSummary, SCHEMA_VERSION } from "./meditlink-views.ts";
import { isConvertible } from "./scan-files.ts";
import { signDownload, signUpload } from "./signed-urls.ts";
import type { CaseFile, CaseRecord } from "./vendor-records.ts";

const TYPES = ["obj", "stl", "ply"] as const;

/** GET /v1/files/{fileUuid} (guide §3.4.1): a signed URL of a 7z and what is packed in it. */
export async function getFile(call: ApiCall): Promise<Reply> {
  const { world, scans, exchange } = call;
  const { file, record } = fileFor(call);
  if (record.status === "FORM")
    throw new MeditlinkProblem(403, "Forbidden", "Files of a case in FORM cannot be downloaded");
  const asked = exchange.url.searchParams.get("type");
  const type = TYPES.find((known) => known === asked) ?? null;
  if (asked !== null && type === null) {
    exchange.violations.push(`The type "${asked}" is not obj, stl or ply`);
    throw new MeditlinkProblem(400, "Bad Request", "type: unknown convert type");
  }
  if (type !== null && !isConvertible(file))
    throw new MeditlinkProblem(400, "Bad Request", `${file.name} cannot be converted`);

  const readiness = scans.readiness(file, type);
  if (readiness === "processing")
    return json(202, { uuid: file.uuid, status: "PROCESSING", schemaVersion: SCHEMA_VERSION });
  if (readiness === "listed") return json(200, { uuid: file.uuid, items: [], schemaVersion: SCHEMA_VERSION });
  const archive = await scans.archive(file, type);
  const downloadFileName = type === null ? `${file.uuid}.7z` : `${file.uuid}.${type}.7z`;
  const folder = type === null ? "original" : `convert-${file.uuid}`;
  return json(200, {
    uuid: file.uuid,
    ...signDownload(world, `/${CASE_BUCKET}/us-east-1%3A${file.uuid.slice(0, 8)}/${folder}/${downloadFileName}`),
    downloadFileName,
    items: archive.items.map(({ name, size, md5 }) => ({ name, size, hashValue: md5, hashAlgorithm: "MD5" })),
    schemaVersion: SCHEMA_VERSION,
  });
}

const registration = z.object({
  caseUuid: z.string().min(1),
  name: z.string().min(1),
  size: z.int().min(1),
  hashValue: z.string().regex(/^[A-Za-z0-9+/]{22}==$/, "must be the base64 of an MD5"),
  callbackUrl: z.url({ protocol: /^https?$/ }),
});

/** POST /v1/files (guide §3.4.2, Appendix B): registers an upload and answers where to PUT it. */
export async function registerFile(call: ApiCall): Promise<Reply> {
  const { world, exchange, caller, groupUuid } = call;
  const body = registration.safeParse(parsedJson(await exchange.body()));
  if (!body.success) {
    const issue = body.error.issues[0];
    const sentence = `${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "malformed"}`;
    exchange.violations.push(`The file registration is not as documented: ${sentence}`);
    throw new MeditlinkProblem(400, "Bad Request", sentence);
  }
  const { caseUuid, name, size, hashValue, callbackUrl } = body.data;
  visibleCase(world, caseUuid, groupUuid);
  const isDuplicate = [...world.uploads.values()].some(
    (upload) =>
      upload.caseUuid === caseUuid && upload.name === name && upload.hash === hashValue && upload.state !== "failed",
  );
  if (isDuplicate) throw new MeditlinkProblem(409, "Conflict", "The requested resource Duplicated");

  const uuid = randomUUID();
  const signed = signUpload(
    world,
    `/${CASE_BUCKET}/.openapi/us-east-1%3A${groupFolder(groupUuid)}/${uuid}.tmp`,
    hashValue,
  );
  const expiresAt = Date.parse(signed.dateExpired);
  const account = caller.account.email;
  world.uploads.set(uuid, {
    uuid,
    caseUuid,
    name,
    size,
    hash: hashValue,
    callbackUrl,
    account,
    expiresAt,
    state: "registered",
  });
  world.remember();
  return json(200, {
    uuid,
    ...signed,
    item: { name, size, hashValue: Buffer.from(hashValue, "base64").toString("hex"), hashAlgorithm: "MD5" },
    schemaVersion: SCHEMA_VERSION,
  });
}

/** DELETE /v1/files/{fileUuid} (guide §3.4.4). Only attached files go; scans belong to the clinic's record. */
export function deleteFile(call: ApiCall): Reply {
  const { world } = call;
  const { file } = fileFor(call);
  if (file.fileType !== "ATTACHED_DATA")
    throw new MeditlinkProblem(403, "Forbidden", "Only attached files can be deleted");
  world.removeFile(file.uuid);
  for (const upload of world.uploads.values()) {
    if (file.content.kind === "upload" && upload.uuid === file.content.storedAs) world.uploads.delete(upload.uuid);
  }
  return json(200, fileSummary(file));
}

function fileFor({ world, groupUuid, id }: ApiCall): { file: CaseFile; record: CaseRecord } {
  const held = world.files.get(id);
  if (held === undefined) throw new MeditlinkProblem(404, "Not Found", "The file does not exist");
  return { file: held.file, record: visibleCase(world, held.caseUuid, groupUuid) };
}

function groupFolder(groupUuid: string): string {
  return Buffer.from(groupUuid).toString("hex").slice(0, 12);
}

function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
