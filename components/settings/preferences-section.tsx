"use client";
import { useTranslations } from "use-intl";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { useDates } from "#components/portal/use-dates.ts";
import { SelectField } from "#components/ui/field.tsx";
import { DATE_FORMATS, DOWNLOAD_FORMATS } from "#lib/preferences/preference-values.ts";
import { SettingsSection } from "./settings-section.tsx";

const DATE_WORDS = { language: "dateLanguage", iso: "dateIso", dmy: "dateDmy", mdy: "dateMdy" } as const;

/** How this member reads dates and takes files away; kept at once. */
export function PreferencesSection() {
  const t = useTranslations("settings");
  const orders = useTranslations("orders");
  const { preferences, change } = usePreferences();
  const dates = useDates();
  return (
    <SettingsSection title={t("preferences")} lead={t("preferencesLead")}>
      <div className="flex max-w-md flex-col gap-3">
        <SelectField
          label={t("dateFormat")}
          hint={t("dateExample", { date: dates.day("2026-03-14") })}
          value={preferences.dateFormat}
          onChange={(event) =>
            change({ dateFormat: DATE_FORMATS.find((format) => format === event.target.value) ?? "language" })
          }
          options={DATE_FORMATS.map((value) => ({ value, label: t(DATE_WORDS[value]) }))}
        />
        <SelectField
          label={t("downloadFormat")}
          hint={t("downloadFormatHint")}
          value={preferences.downloadFormat}
          onChange={(event) =>
            change({ downloadFormat: DOWNLOAD_FORMATS.find((format) => format === event.target.value) ?? "original" })
          }
          options={DOWNLOAD_FORMATS.map((value) => ({
            value,
            label:
              value === "original"
                ? orders("formatOriginal")
                : orders("formatConverted", { format: value.toUpperCase() }),
          }))}
        />
      </div>
    </SettingsSection>
  );
}
