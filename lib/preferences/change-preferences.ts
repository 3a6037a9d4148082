import type { Principal } from "#lib/access/principal.ts";
import { lockByName } from "#lib/database/lock-by-name.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { findKeyConflict, KEYBOARD_ACTION_IDS } from "#lib/keyboard/keyboard-actions.ts";
import { DEFAULT_PREFERENCES } from "./default-preferences.ts";
import type { Preferences, PreferencesChange } from "./preferences-schema.ts";
import { findPreferences } from "./read-preferences.ts";

/**
 * Changes what is named and leaves the rest. Only what differs from the usual is kept, so that a better default reaches everybody
 * who never chose.
 * @throws {AppError} invalid_body when two actions of one place would have the same key
 */
export async function changePreferences(principal: Principal, change: PreferencesChange): Promise<Preferences> {
  refuseKeyConflicts(change.shortcuts ?? {});
  const { organisationId, userId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    await lockByName(tx, `preferences ${organisationId} ${userId}`);
    const next = { ...(await findPreferences(tx, principal)), ...change };
    const preferences = Object.fromEntries(
      Object.entries(next).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULT_PREFERENCES[name as keyof Preferences]),
      ),
    );
    await tx.memberPreferences.upsert({
      where: { organisationId_userId: { organisationId, userId } },
      create: { organisationId, userId, preferences },
      update: { preferences },
    });
    return next;
  });
}

function refuseKeyConflicts(shortcuts: NonNullable<PreferencesChange["shortcuts"]>): void {
  for (const id of KEYBOARD_ACTION_IDS) {
    const key = shortcuts[id];
    const other = key && findKeyConflict(id, key, shortcuts);
    if (other)
      throw new AppError("invalid_body", "two actions have one key", {
        invalidParams: [{ name: `shortcuts.${id}`, reason: `is the key of ${other}` }],
        facts: { name: `shortcuts.${id}` },
      });
  }
}
