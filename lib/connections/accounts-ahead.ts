import { hash } from "node:crypto";
import type { Principal } from "#lib/access/principal.ts";
import { type HeldCredentials, readAccounts } from "#lib/connections/credential-lease.ts";

type Asked = { vendor: string; connectionId: string | null };
type Ahead = Asked & { organisationId: string; accounts: Promise<HeldCredentials[]> };

/** Which organisation a key opened the last time: SHA-256 of the key → id. A key never changes its organisation. */
const organisations = new Map<string, string>();
const MOST_KEYS = 10_000;
const ahead = new WeakMap<Request, Ahead>();

/**
 * Begins to read the accounts a request will be about while it is still being found out who sent it: for a key that was let in
 * before, both are asked for at once. Nothing is used before the key was checked anew; see {@link accountsOf}.
 */
export function readAccountsAhead(request: Request, asked: Asked): void {
  const organisationId = organisations.get(keyOf(request) ?? "");
  if (!organisationId) return;
  const accounts = readAccounts(organisationId, asked.vendor, asked.connectionId);
  accounts.catch(() => {}); // whoever takes them meets it again; nobody does for a key that is refused
  ahead.set(request, { ...asked, organisationId, accounts });
}

/** The accounts as they are during this request, for the member who was let in. */
export async function accountsOf(
  { organisationId, via }: Principal,
  asked: Asked,
  request: Request | undefined,
): Promise<HeldCredentials[]> {
  const begun = request && ahead.get(request);
  const isSame =
    begun?.organisationId === organisationId &&
    begun.vendor === asked.vendor &&
    begun.connectionId === asked.connectionId;
  if (begun && isSame) return begun.accounts;
  const key = request && via.startsWith("key:") ? keyOf(request) : null;
  if (organisations.size >= MOST_KEYS) organisations.clear();
  if (key) organisations.set(key, organisationId);
  return readAccounts(organisationId, asked.vendor, asked.connectionId);
}

function keyOf(request: Request): string | null {
  const header = request.headers.get("authorization");
  return header && hash("sha256", header, "base64");
}
