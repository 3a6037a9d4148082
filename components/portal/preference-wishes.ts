import type { Preferences, PreferencesChange } from "#lib/preferences/preferences-schema.ts";

/** What the server keeps, and what was wished since and is still on its way, oldest first. */
export type PreferenceWishes = { kept: Preferences; wishes: readonly PreferencesChange[] };

/** What the page shows: every wish counts at once, the newest most. */
export function shownPreferences({ kept, wishes }: PreferenceWishes): Preferences {
  return Object.assign({}, kept, ...wishes);
}

/** A wish has been answered: kept, or refused, which leaves whatever was wished since as it is. */
export function settleWish(state: PreferenceWishes, wish: PreferencesChange, isKept: boolean): PreferenceWishes {
  return {
    kept: isKept ? { ...state.kept, ...wish } : state.kept,
    wishes: state.wishes.filter((one) => one !== wish),
  };
}
