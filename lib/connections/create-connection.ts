import { createHash } from "node:crypto";
import type { z } from "zod";
import { forgetAttempts, limitAttempts } from "#lib/access/limit-attempts.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { connectByKey } from "#lib/connections/connect-by-key.ts";
import type { ConnectionView, createConnectionBodySchema } from "#lib/connections/connection-schema.ts";
import { readConnection } from "#lib/connections/list-connections.ts";
import { lifetimeOf } from "#lib/connections/renew-credentials.ts";
import { saveConnection } from "#lib/connections/save-connection.ts";
import { newId } from "#lib/database/new-id.ts";
import { AppError } from "#lib/errors.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import type { Vendor } from "#lib/vendors/vendor.ts";
import type { AuthorizationServer, IssuedTokens } from "#lib/vendors/vendor-auth.ts";

type SignedIn = { tokens: IssuedTokens; baseUrl: string; region: string; email: string; password: string };

/**
 * Connects an account by e-mail and password, or renews a connection with a new password: signs in and asks whose account it is
 * before anything is kept; a key is tried out. With an OAuth vendor's password grant the password is used once and never stored (design §4).
 * @throws {AppError} forbidden, not_found, invalid_body, vendor_not_configured, vendor_credentials_wrong, no_group, other_account
 * @throws {VendorError} when the vendor cannot be asked
 */
export async function createConnection(
  principal: Principal,
  input: z.infer<typeof createConnectionBodySchema>,
): Promise<ConnectionView> {
  requirePermission(principal, "connect");
  const vendor = findVendor(input.vendor);
  if (!vendor) throw new AppError("vendor_not_configured");
  const who = createHash("sha256")
    .update(
      JSON.stringify([principal.organisationId, vendor.id, input.credentials.email ?? input.credentials.username]),
    )
    .digest("base64url");
  await limitAttempts("vendor-sign-in", who);
  if (vendor.auth.kind === "key") {
    const key = check(vendor.auth.credentials, input.credentials);
    const id = await connectByKey(principal, vendor, vendor.auth, key, input.connection ?? null).catch(refuse);
    await forgetAttempts("vendor-sign-in", who);
    return readConnection(principal, id);
  }
  const signedIn = await signIn(vendor, input.credentials);
  await forgetAttempts("vendor-sign-in", who);
  const { tokens, baseUrl, region, email, password } = signedIn;
  const session = {
    connectionId: input.connection ?? newId(),
    organisationId: principal.organisationId,
    baseUrl,
    accessToken: tokens.accessToken,
    groupKey: null,
    region,
  };
  const account = await vendor.identify(session, email);
  const isOauth = vendor.auth.kind === "oauth";
  if (isOauth && !account.groupKey) throw new AppError("no_group");
  const issued = { accessToken: tokens.accessToken, lifetimeMs: lifetimeOf(tokens), renewed: false };
  const id = await saveConnection(principal, {
    vendor: vendor.id,
    region,
    account,
    credentials: isOauth
      ? { kind: "oauth", refreshToken: tokens.refreshToken, ...issued }
      : { kind: "password", email, password, ...issued },
    tokens: { ...tokens, scopes: account.permissions ?? tokens.scopes },
    requestedScopes: vendor.auth.kind === "oauth" ? vendor.auth.scopes() : [],
    renews: input.connection ?? null,
  });
  return readConnection(principal, id);
}

async function signIn(vendor: Vendor, credentials: Record<string, string>): Promise<SignedIn> {
  const { auth } = vendor;
  if (auth.kind === "password") {
    if (auth.missingSettings().length > 0) throw new AppError("vendor_not_configured");
    const { email, password } = check(auth.credentials, credentials);
    const tokens = await auth.signIn({ email, password }).catch(refuse);
    return { tokens, baseUrl: auth.baseUrl(), region: "default", email, password };
  }
  if (auth.kind === "oauth" && auth.passwordGrant && auth.missingSettings().length === 0) {
    const server: AuthorizationServer | undefined = credentials.server
      ? auth.servers().find((s) => s.id === credentials.server)
      : auth.servers()[0];
    const username = credentials.username ?? credentials.email ?? "";
    const password = credentials.password ?? "";
    if (!server || !username || !password) throw new AppError("invalid_body");
    const tokens = await auth.passwordGrant(server, { username, password }).catch(refuse);
    return { tokens, baseUrl: server.apiUrl, region: server.region, email: username, password: "" };
  }
  throw new AppError("vendor_not_configured");
}

function check<T>(schema: z.ZodType<T>, credentials: Record<string, string>): T {
  const parsed = schema.safeParse(credentials);
  if (parsed.success) return parsed.data;
  const invalidParams = parsed.error.issues.map((issue) => ({
    name: ["credentials", ...issue.path].join("."),
    reason: issue.message,
  }));
  throw new AppError("invalid_body", "credentials", { invalidParams, facts: { name: invalidParams[0]?.name ?? "" } });
}

function refuse(error: unknown): never {
  if (error instanceof VendorError && (error.kind === "credentials" || error.kind === "token"))
    throw new AppError("vendor_credentials_wrong", error.message, { cause: error });
  throw error;
}
