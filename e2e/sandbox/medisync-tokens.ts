import { createHmac, timingSafeEqual } from "node:crypto";
import type { MsUser } from "./medisync-records.ts";
import type { World } from "./world.ts";

/** MediSync's tokens: JSON Web Tokens with userId, iat and exp; a day, or thirty when they shall be remembered. No refresh. */

const SECRET = "sandbox medisync secret";
const HEADER = Buffer.from(JSON.stringify({ alg: "HS256", typ: "JWT" })).toString("base64url");
const REMEMBERED = 30;

type Claims = { userId: string; iat: number; exp: number; n: number };

let issued = 0;

export function issueMedisyncToken(world: World, user: MsUser, remember: boolean): string {
  const iat = Math.floor(world.now() / 1000);
  const exp = iat + world.live.medisyncTokenSeconds * (remember ? REMEMBERED : 1);
  const claims: Claims = { userId: user.uid, iat, exp, n: ++issued };
  const body = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${body}.${signature(body)}`;
}

/** The user of a living token, or null. */
export function medisyncUser(world: World, token: string): MsUser | null {
  const [header, payload, signed] = token.split(".");
  if (header === undefined || payload === undefined || signed === undefined) return null;
  const made = signature(`${header}.${payload}`);
  if (made.length !== signed.length || !timingSafeEqual(Buffer.from(made), Buffer.from(signed))) return null;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Claims;
  const isRevoked = claims.n <= (world.medisync.revokedBefore.get(claims.userId) ?? 0);
  if (isRevoked || claims.exp * 1000 <= world.now()) return null;
  return world.medisync.user(claims.userId) ?? null;
}

/** Lets every living token of a user die now. */
export function revokeMedisyncTokens(world: World, user: MsUser): void {
  world.medisync.revokedBefore.set(user.uid, issued);
}

function signature(body: string): string {
  return createHmac("sha256", SECRET).update(body).digest("base64url");
}
