import { z } from "zod";
import { sealJson, unsealJson } from "#lib/crypto/seal.ts";

const issued = {
  accessToken: z.string(),
  /** The access token's life as the vendor stated it, ms: how early to renew is measured by it. */
  lifetimeMs: z.number(),
  /** True when it came from a renewal, false when from a sign-in by a person. */
  renewed: z.boolean(),
};

/** What a connection keeps sealed, per kind of sign-in. */
export const credentialsSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("oauth"), refreshToken: z.string().nullable(), ...issued }),
  z.object({ kind: z.literal("password"), email: z.string(), password: z.string(), ...issued }),
  /** A key does not change: the access token is made of it once. */
  z.object({ kind: z.literal("key"), values: z.record(z.string(), z.string()), ...issued }),
]);
export type Credentials = z.infer<typeof credentialsSchema>;

const place = (organisationId: string, connectionId: string) => ({
  organisationId,
  table: "connections",
  column: "credentials_sealed",
  row: connectionId,
});

export function sealCredentials(
  organisationId: string,
  connectionId: string,
  credentials: Credentials,
): Uint8Array<ArrayBuffer> {
  return sealJson(credentials, place(organisationId, connectionId));
}

/** What was opened last of each connection. The same sealed bytes always hold the same credentials: a fresh nonce is in them. */
const opened = new Map<string, { sealed: Uint8Array; credentials: Readonly<Credentials> }>();
const MOST_OPENED = 1_000;

/** Every call to a vendor begins with this: what has not changed is not opened again. @throws {SealError} */
export function openCredentials(
  organisationId: string,
  connectionId: string,
  sealed: Uint8Array,
): Readonly<Credentials> {
  const name = `${organisationId} ${connectionId}`;
  const last = opened.get(name);
  if (last && Buffer.compare(last.sealed, sealed) === 0) return last.credentials;
  const credentials = credentialsSchema.parse(unsealJson(sealed, place(organisationId, connectionId)));
  if (opened.size >= MOST_OPENED) opened.clear();
  opened.set(name, { sealed, credentials });
  return credentials;
}
