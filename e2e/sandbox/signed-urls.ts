import { createHmac, timingSafeEqual } from "node:crypto";
import type { World } from "./world.ts";

/** Signed, expiring URLs in the two dialects: Amazon's `X-Amz-*` and Google's `X-Goog-*`. */

const SECRET = "sandbox signing secret";
const METHODS = { get: "GET", put: "PUT" } as const;

interface Dialect {
  prefix: "X-Amz" | "X-Goog";
  algorithm: string;
  credential: (date: string) => string;
}

const AMAZON: Dialect = {
  prefix: "X-Amz",
  algorithm: "AWS4-HMAC-SHA256",
  credential: (date) => `AKIASANDBOXSANDBOX00/${date}/ap-northeast-2/s3/aws4_request`,
};
const GOOGLE: Dialect = {
  prefix: "X-Goog",
  algorithm: "GOOG4-RSA-SHA256",
  credential: (date) => `collector@sandbox.iam.gserviceaccount.com/${date}/auto/storage/goog4_request`,
};

/** A download at MeditLink's storage: five minutes (guide §3.4.1). `path` begins with "/" and is percent-encoded. */
export function signDownload(world: World, path: string): { url: string; dateExpired: string } {
  const expiresAt = world.now() + world.live.signedUrlSeconds * 1000;
  const url = sign(world, AMAZON, METHODS.get, world.urls.meditlinkStorage, path, world.live.signedUrlSeconds, "");
  return { url, dateExpired: new Date(expiresAt).toISOString() };
}

/** An upload: thirty minutes, with Content-MD5 among the signed headers (guide §3.4.2). */
export function signUpload(world: World, path: string, contentMd5: string): { uploadUrl: string; dateExpired: string } {
  const seconds = world.live.signedUrlSeconds * 6;
  const uploadUrl = sign(world, AMAZON, METHODS.put, world.urls.meditlinkStorage, path, seconds, contentMd5);
  return { uploadUrl, dateExpired: new Date(world.now() + seconds * 1000).toISOString() };
}

/** A download at Cadmus' storage: fifteen minutes. */
export function signCadmusDownload(world: World, path: string): { url: string; expiresAt: string } {
  const seconds = world.live.signedUrlSeconds * 3;
  const url = sign(world, GOOGLE, METHODS.get, world.urls.cadmusStorage, path, seconds, "");
  return { url, expiresAt: new Date(world.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z") };
}

function sign(
  world: World,
  dialect: Dialect,
  method: string,
  base: string,
  path: string,
  seconds: number,
  md5: string,
): string {
  const { prefix, algorithm, credential } = dialect;
  const date = new Date(world.now()).toISOString().replace(/[-:]|\.\d+/g, "");
  const query = new URLSearchParams({
    [`${prefix}-Algorithm`]: algorithm,
    [`${prefix}-Date`]: date,
    [`${prefix}-SignedHeaders`]: md5 === "" ? "host" : "content-md5;host",
    [`${prefix}-Expires`]: String(Math.max(0, seconds - 1)),
    [`${prefix}-Credential`]: credential(date.slice(0, 8)),
  });
  query.set(`${prefix}-Signature`, signatureOf(method, path, query, md5));
  return `${base}${path}?${query}`;
}

function signatureOf(method: string, path: string, query: URLSearchParams, md5: string): string {
  const pairs = [...query].filter(([name]) => !name.endsWith("-Signature")).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [method, path, new URLSearchParams(pairs).toString(), md5].join("\n");
  return createHmac("sha256", SECRET).update(text).digest("hex");
}

export type SignatureVerdict = "valid" | "missing" | "wrong" | "expired";

/** Checks a signed URL as the storage does: the signature first, then its age. */
export function verifySignature(
  world: World,
  prefix: Dialect["prefix"],
  method: string,
  url: URL,
  md5: string,
): SignatureVerdict {
  const given = url.searchParams.get(`${prefix}-Signature`);
  if (given === null) return "missing";
  const made = signatureOf(method, url.pathname, url.searchParams, md5);
  if (given.length !== made.length || !timingSafeEqual(Buffer.from(given), Buffer.from(made))) return "wrong";
  const [, y, mo, d, h, mi, s] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url.searchParams.get(`${prefix}-Date`) ?? "") ?? [];
  const signedAt = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
  const lifeMs = Number(url.searchParams.get(`${prefix}-Expires`)) * 1000;
  return world.now() > signedAt + lifeMs + 999 ? "expired" : "valid";
}
