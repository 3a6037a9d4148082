import { createHmac, timingSafeEqual } from "node:crypto";
import type { World } from "./world.ts";

/** Cadmus tokens: JSON Web Tokens signed with HS256, good for eight hours, without a refresh. */

const SECRET = "sandbox cadmus secret";
const HEADER = Buffer.from(JSON.stringify({ alg: "HS256", typ: "JWT" })).toString("base64url");

interface Claims {
  sub: string;
  /** Number of the login, for revoking those before it. */
  jti: number;
  iat: number;
  exp: number;
}

export function issueCadmusToken(world: World, email: string): { token: string; expiresAt: string } {
  const issuedAt = Math.floor(world.now() / 1000);
  const expires = issuedAt + world.live.cadmusTokenSeconds;
  const claims: Claims = { sub: email, jti: ++world.cadmusLogins, iat: issuedAt, exp: expires };
  const body = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return {
    token: `${body}.${signature(body)}`,
    expiresAt: new Date(expires * 1000).toISOString().replace(/\.\d+Z$/, "Z"),
  };
}

/** The account of a living token, or null. */
export function cadmusAccount(world: World, token: string): string | null {
  const [header, payload, signed] = token.split(".");
  if (header === undefined || payload === undefined || signed === undefined) return null;
  const made = signature(`${header}.${payload}`);
  if (made.length !== signed.length || !timingSafeEqual(Buffer.from(made), Buffer.from(signed))) return null;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Claims;
  const isRevoked = claims.jti <= (world.cadmusRevoked.get(claims.sub) ?? 0);
  return isRevoked || claims.exp * 1000 <= world.now() ? null : claims.sub;
}

function signature(body: string): string {
  return createHmac("sha256", SECRET).update(body).digest("base64url");
}
