"use client";
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from "react";
import { fetchApi } from "#components/api/fetch-api.ts";
import { useToast } from "#components/ui/toast.tsx";
import type { Preferences, PreferencesChange } from "#lib/preferences/preferences-schema.ts";
import { type PreferenceWishes, settleWish, shownPreferences } from "./preference-wishes.ts";
import { useProblemSentence } from "./problem-text.tsx";

type Value = {
  preferences: Preferences;
  /** Shown at once, kept at the server; put back, and said, when that fails. */
  change: (change: PreferencesChange) => void;
};

const PreferencesContext = createContext<Value | null>(null);

/** How the member likes the portal; the server sends it along with the page, so that nothing moves afterwards. */
export function PreferencesProvider({ given, children }: { given: Preferences; children: ReactNode }) {
  const [state, setState] = useState<PreferenceWishes>({ kept: given, wishes: [] });
  const toast = useToast();
  const sentence = useProblemSentence();
  const sending = useRef<Promise<unknown>>(Promise.resolve()); // one after the other: the last wish stays
  const value = useMemo<Value>(
    () => ({
      preferences: shownPreferences(state),
      change: (wish) => {
        setState(({ kept, wishes }) => ({ kept, wishes: [...wishes, wish] }));
        const settle = (isKept: boolean) => setState((now) => settleWish(now, wish, isKept));
        sending.current = sending.current
          .then(() => fetchApi<Preferences>("/api/me/preferences", { method: "PUT", body: wish }))
          .then(() => settle(true))
          .catch((error: unknown) => {
            settle(false);
            toast("problem", sentence(error));
          });
      },
    }),
    [state, toast, sentence],
  );
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

export function usePreferences(): Value {
  const value = useContext(PreferencesContext);
  if (!value) throw new Error("usePreferences outside the portal");
  return value;
}

/** Also on pages that belong to nobody yet, where the language decides. */
export function useDateFormat(): Preferences["dateFormat"] {
  return useContext(PreferencesContext)?.preferences.dateFormat ?? "language";
}
