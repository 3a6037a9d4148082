"use client";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
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
  const unsent = useRef<readonly PreferencesChange[]>([]);
  const value = useMemo<Value>(
    () => ({
      preferences: shownPreferences(state),
      change: (wish) => {
        setState(({ kept, wishes }) => ({ kept, wishes: [...wishes, wish] }));
        unsent.current = [...unsent.current, wish];
        const settle = (isKept: boolean) => setState((now) => settleWish(now, wish, isKept));
        sending.current = sending.current
          .then(() => {
            if (!unsent.current.includes(wish)) return; // it went when the page was left
            unsent.current = unsent.current.filter((one) => one !== wish);
            return keep(wish);
          })
          .then(() => settle(true))
          .catch((error: unknown) => {
            settle(false);
            toast("problem", sentence(error));
          });
      },
    }),
    [state, toast, sentence],
  );
  useEffect(() => {
    const sendRest = () => {
      const rest = Object.assign({}, ...unsent.current);
      unsent.current = [];
      if (Object.keys(rest).length > 0) keep(rest).catch(() => undefined); // nobody is left to be told
    };
    window.addEventListener("pagehide", sendRest);
    return () => window.removeEventListener("pagehide", sendRest);
  }, []);
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

function keep(change: PreferencesChange): Promise<Preferences> {
  return fetchApi<Preferences>("/api/me/preferences", { method: "PUT", body: change, keepalive: true });
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
