import type { z } from "zod";
import type { CredentialField } from "#lib/vendors/credential-field.ts";
import type { Spending, VendorSession } from "#lib/vendors/vendor-session.ts";

/** Tokens as a vendor issued them. Times are instants computed at the moment the answer arrived. */
export type IssuedTokens = {
  accessToken: string;
  refreshToken: string | null;
  accessExpiresAt: Date;
  refreshExpiresAt: Date | null;
  scopes: string[];
};

/** One authorization server (RFC 6749). Each has a callback path of its own. */
export type AuthorizationServer = {
  /** Path part of /api/oauth/{server}/…: "meditlink", "meditlink-cn". */
  id: string;
  name: string;
  region: string;
  authorizeUrl: string;
  tokenUrl: string;
  checkTokenUrl: string | null;
  apiUrl: string;
};

export type OAuthAuth = {
  kind: "oauth";
  servers(): AuthorizationServer[];
  /** Registered with the vendor for this server. */
  client(server: AuthorizationServer): { id: string; secret: string } | null;
  scopes(): string[];
  pkce: boolean;
  /** Names of settings that must be set before an account can be connected. */
  missingSettings(): string[];
  /** @throws {VendorError} kind "credentials" when the code or refresh token is refused for good */
  exchangeCode(
    server: AuthorizationServer,
    input: { code: string; redirectUri: string; codeVerifier: string | null },
  ): Promise<IssuedTokens>;
  refresh(server: AuthorizationServer, refreshToken: string): Promise<IssuedTokens>;
  /** Self-hosted labs without a registered callback; absent unless the setting allows it. */
  passwordGrant?: (server: AuthorizationServer, input: { username: string; password: string }) => Promise<IssuedTokens>;
  /** Whether the vendor still takes the access token, for the health check. */
  checkToken?: (server: AuthorizationServer, accessToken: string) => Promise<CheckedToken>;
};

export type CheckedToken = {
  active: boolean;
  accessExpiresAt: Date | null;
  refreshExpiresAt: Date | null;
  scopes: string[];
};

/** E-mail and password are exchanged for a token that dies; the credentials are kept sealed to sign in again. */
export type PasswordAuth = {
  kind: "password";
  baseUrl(): string;
  credentials: z.ZodType<{ email: string; password: string }>;
  missingSettings(): string[];
  /** @throws {VendorError} kind "credentials" when refused */
  signIn(credentials: { email: string; password: string }): Promise<IssuedTokens>;
  /** Calls and uploads that an account with these permissions may make within any hour; absent where none are documented. */
  perHour?: (permissions: readonly string[]) => Record<Spending, number>;
};

export type KeyAuth = {
  kind: "key";
  /** @param credentials where the account chooses among addresses; "" for an address that is no longer offered */
  baseUrl(credentials?: Record<string, string>): string;
  credentials: z.ZodType<Record<string, string>>;
  /** What the dialog asks for. */
  fields(): readonly CredentialField[];
  missingSettings(): string[];
  /** What a session carries of the credentials. */
  accessToken(credentials: Record<string, string>): string;
  /** Where the account's clocks are, when its credentials say so. */
  timeZoneOf(credentials: Record<string, string>): string | null;
  /** The part of the access token by which the vendor counts calls. */
  countedBy(accessToken: string): string;
  /** Permissions that the credentials themselves state: what is known before anything was asked. */
  statedPermissions(credentials: Record<string, string>): string[];
  /** Permissions that Casebench can use: what a key lacks of them is shown. */
  permissions: readonly string[];
  /** What a key may do, found out by calls that change nothing, after `identify` was answered. */
  findPermissions(session: VendorSession, credentials: Record<string, string>): Promise<string[]>;
  /** ms from the end of one call to the next, of a key with these permissions. */
  pauseMs(permissions: readonly string[]): number;
};
