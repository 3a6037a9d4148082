import { createHash, randomBytes, randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import { MeditlinkProblem } from "./meditlink-error.ts";
import type { AccessToken, RefreshToken, World } from "./world.ts";

/** A token answer as the guide prints it (§1.2): life left in seconds, refresh expiry in epoch seconds. */
export interface TokenAnswer {
  access_token: string;
  token_type: "bearer";
  refresh_token: string;
  expires_in: number;
  scope: string;
  refresh_token_exp: number;
}

interface Code {
  account: string;
  scope: string;
  redirectUri: string;
  challenge: string | null;
  expiresAt: number;
  spent: boolean;
}

const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Authorization codes: 32 alphanumerics, one use, a minute's life, bound to the redirect URI (and PKCE challenge). */
export class AuthorizationCodes {
  #codes = new Map<string, Code>();
  #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  issue(code: Pick<Code, "account" | "scope" | "redirectUri" | "challenge">): string {
    const value = Array.from({ length: 32 }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join("");
    this.#codes.set(value, {
      ...code,
      expiresAt: this.#world.now() + this.#world.live.codeSeconds * 1000,
      spent: false,
    });
    return value;
  }

  /** Spends a code; throws `invalid_grant` in every way the legacy server does. */
  redeem(value: string, redirectUri: string | null, verifier: string | null): Code {
    const code = this.#codes.get(value);
    if (code === undefined || code.spent || code.expiresAt <= this.#world.now()) {
      throw new MeditlinkProblem(400, "invalid_grant", `Invalid authorization code: ${value}`);
    }
    if (code.redirectUri !== redirectUri) throw new MeditlinkProblem(400, "invalid_grant", "Redirect URI mismatch.");
    if (code.challenge !== null && !provesChallenge(verifier, code.challenge)) {
      throw new MeditlinkProblem(400, "invalid_grant", "Code verifier does not match the code challenge.");
    }
    code.spent = true;
    return code;
  }
}

function provesChallenge(verifier: string | null, challenge: string): boolean {
  if (verifier === null) return false;
  const made = createHash("sha256").update(verifier).digest("base64url");
  return made.length === challenge.length && timingSafeEqual(Buffer.from(made), Buffer.from(challenge));
}

/**
 * A new authorization. While an access token for the same user and scope lives, that very token is returned with the
 * life it has left, as the legacy server does; its refresh token comes with it.
 */
export function authorize(world: World, account: string, scope: string): { answer: TokenAnswer; outcome: string } {
  const now = world.now();
  for (const access of world.accessTokens.values()) {
    const refresh = world.refreshTokens.get(access.refresh);
    const isSame = access.account === account && sameScope(access.scope, scope) && access.expiresAt > now;
    if (isSame && refresh !== undefined && !refresh.spent && refresh.expiresAt > now) {
      return { answer: tokenAnswer(world, access, refresh), outcome: "same token again" };
    }
  }
  const refresh: RefreshToken = {
    value: randomUUID(),
    account,
    scope,
    expiresAt: now + world.live.refreshTokenSeconds * 1000,
    family: randomBytes(8).toString("hex"),
    spent: false,
  };
  world.refreshTokens.set(refresh.value, refresh);
  return { answer: tokenAnswer(world, newAccess(world, refresh), refresh), outcome: "issued" };
}

/** Exchanges a refresh token; the error text repeats the token, as the guide's FAQ shows. */
export function refreshTokens(world: World, value: string): { answer: TokenAnswer; account: string; outcome: string } {
  const now = world.now();
  const found = world.refreshTokens.get(value);
  if (found === undefined || found.expiresAt <= now) throw invalidRefresh(value);
  if (world.live.refreshMode === "lenient") {
    return { answer: tokenAnswer(world, newAccess(world, found), found), account: found.account, outcome: "refreshed" };
  }
  if (found.spent) {
    revokeFamily(world, found.family);
    throw Object.assign(invalidRefresh(value), { isReuse: true });
  }
  found.spent = true;
  for (const access of world.accessTokens.values())
    if (access.refresh === value) world.accessTokens.delete(access.value);
  const next: RefreshToken = {
    ...found,
    value: randomUUID(),
    expiresAt: now + world.live.refreshTokenSeconds * 1000,
    spent: false,
  };
  world.refreshTokens.set(next.value, next);
  return { answer: tokenAnswer(world, newAccess(world, next), next), account: found.account, outcome: "rotated" };
}

function invalidRefresh(value: string): MeditlinkProblem {
  return new MeditlinkProblem(400, "invalid_grant", `Invalid refresh token: ${value}`);
}

function revokeFamily(world: World, family: string): void {
  for (const refresh of world.refreshTokens.values()) {
    if (refresh.family !== family) continue;
    refresh.expiresAt = 0;
    for (const access of world.accessTokens.values())
      if (access.refresh === refresh.value) world.accessTokens.delete(access.value);
  }
  world.remember();
}

function newAccess(world: World, refresh: RefreshToken): AccessToken {
  const now = world.now();
  for (const old of world.accessTokens.values())
    if (old.expiresAt < now - 86_400_000) world.accessTokens.delete(old.value);
  const { account, scope, value } = refresh;
  const access = {
    value: randomUUID(),
    refresh: value,
    account,
    scope,
    expiresAt: now + world.live.accessTokenSeconds * 1000,
  };
  world.accessTokens.set(access.value, access);
  world.remember();
  return access;
}

function tokenAnswer(world: World, access: AccessToken, refresh: RefreshToken): TokenAnswer {
  return {
    access_token: access.value,
    token_type: "bearer",
    refresh_token: refresh.value,
    expires_in: Math.max(0, Math.floor((access.expiresAt - world.now()) / 1000)),
    scope: access.scope,
    refresh_token_exp: Math.floor(refresh.expiresAt / 1000),
  };
}

function sameScope(a: string, b: string): boolean {
  return a.split(" ").sort().join(" ") === b.split(" ").sort().join(" ");
}

/** The living access token behind a bearer value, or null. */
export function livingAccess(world: World, value: string): AccessToken | null {
  const access = world.accessTokens.get(value);
  return access !== undefined && access.expiresAt > world.now() ? access : null;
}
