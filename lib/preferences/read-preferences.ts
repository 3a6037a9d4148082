import type { Principal } from "#lib/access/principal.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { DEFAULT_PREFERENCES } from "./default-preferences.ts";
import { type Preferences, preferencesSchema } from "./preferences-schema.ts";

/** How this member likes the portal, complete: what was never chosen is as it is for everybody. */
export async function readPreferences(principal: Principal): Promise<Preferences> {
  return withOrganisation(principal.organisationId, (tx) => findPreferences(tx, principal));
}

export async function findPreferences(
  tx: TenantTransaction,
  { organisationId, userId }: Principal,
): Promise<Preferences> {
  const row = await tx.memberPreferences.findUnique({
    where: { organisationId_userId: { organisationId, userId } },
  });
  return completed(row?.preferences);
}

/** What an older version stored and this one does not know any more is as if it had never been chosen. */
function completed(stored: unknown): Preferences {
  const given = stored && typeof stored === "object" ? (stored as Record<string, unknown>) : {};
  const known = Object.entries(preferencesSchema.shape).flatMap(([name, schema]) => {
    const value = name === "shortcuts" ? knownKeys(given[name]) : given[name];
    const parsed = schema.safeParse(value);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return { ...DEFAULT_PREFERENCES, ...Object.fromEntries(known) };
}

function knownKeys(stored: unknown): Record<string, unknown> {
  if (!stored || typeof stored !== "object") return {};
  return Object.fromEntries(
    Object.entries(stored).filter(([id, key]) => preferencesSchema.shape.shortcuts.safeParse({ [id]: key }).success),
  );
}
