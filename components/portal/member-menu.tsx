"use client";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "#components/ui/menu.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { LOCALE_COOKIE, type Locale } from "#lib/i18n/locales.ts";
import type { ToothNotation } from "#lib/teeth/tooth.ts";
import { changeMe } from "./me-queries.ts";
import { type MemberRole, useMember } from "./member-context.tsx";
import { useProblemSentence } from "./problem-text.tsx";
import { applyTheme, type Theme } from "./theme.ts";

export const ROLE_LABELS = {
  admin: "roleAdmin",
  technician: "roleTechnician",
  staff: "roleStaff",
  viewer: "roleViewer",
} as const satisfies Record<MemberRole, string>;

/** Language, appearance, notation and the way out. */
export function MemberMenu(props: { theme: Theme; side: "right" | "top" }) {
  const t = useTranslations("portal");
  const member = useMember();
  const locale = useLocale();
  const toast = useToast();
  const sentence = useProblemSentence();
  const [theme, setTheme] = useState(props.theme);

  async function change(change: { locale?: Locale; toothNotation?: ToothNotation }) {
    try {
      await changeMe(change);
      // biome-ignore lint/suspicious/noDocumentCookie: the sign-in page shall speak the same language in every browser
      if (change.locale) document.cookie = `${LOCALE_COOKIE}=${change.locale}; path=/; max-age=31536000; samesite=lax`;
      window.location.reload();
    } catch (error) {
      toast("problem", sentence(error));
    }
  }

  return (
    <Menu
      side={props.side}
      align="end"
      trigger={
        <button
          type="button"
          aria-label={t("memberMenu", { name: member.name })}
          className="grid size-9 place-items-center rounded-full bg-sunken font-semibold text-muted text-sm hover:bg-line hover:text-text"
        >
          <span aria-hidden>{initials(member.name)}</span>
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="font-semibold">{member.name}</p>
        <p className="text-muted text-xs">
          {t(ROLE_LABELS[member.role])} · {member.organisationName}
        </p>
      </div>
      <MenuSeparator />
      <MenuChoice<Theme>
        label={t("theme")}
        value={theme}
        options={[
          { value: "system", label: t("themeSystem") },
          { value: "light", label: t("themeLight") },
          { value: "dark", label: t("themeDark") },
        ]}
        onChange={(next) => {
          setTheme(next);
          applyTheme(next);
        }}
      />
      <MenuSeparator />
      <MenuChoice<Locale>
        label={t("language")}
        value={locale}
        options={[
          { value: "en", label: t("languageEn") },
          { value: "de", label: t("languageDe") },
        ]}
        onChange={(next) => void change({ locale: next })}
      />
      <MenuSeparator />
      <MenuChoice<ToothNotation>
        label={t("notation")}
        value={member.toothNotation}
        options={[
          { value: "fdi", label: t("notationFdi") },
          { value: "universal", label: t("notationUniversal") },
        ]}
        onChange={(next) => void change({ toothNotation: next })}
      />
      <MenuSeparator />
      <MenuLabel>{t("member")}</MenuLabel>
      <MenuItem onSelect={() => void leave()}>
        <LogOut aria-hidden className="size-4 text-muted" />
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}

/** Loaded when it is needed: nobody signs out on every page. */
async function leave(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ callbackUrl: "/sign-in" });
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? (words.at(-1)?.[0] ?? "") : "")).toUpperCase();
}
