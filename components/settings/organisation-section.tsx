"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { meQuery } from "#components/portal/me-queries.ts";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { TIME_ZONES } from "#lib/time-zones.ts";
import { changeOrganisation } from "./settings-queries.ts";
import { SettingsSection, useChange } from "./settings-section.tsx";

export function OrganisationSection() {
  const t = useTranslations("settings");
  const auth = useTranslations("auth");
  const ui = useTranslations("ui");
  const { data: me } = useQuery(meQuery());
  const save = useChange(changeOrganisation, meQuery().queryKey, ui("saved"));
  if (!me)
    return (
      <SettingsSection title={t("organisation")}>
        <Skeleton className="h-52 w-full max-w-md" />
      </SettingsSection>
    );
  const { name, kind, timeZone, undoSeconds } = me.organisation;
  return (
    <SettingsSection title={t("organisation")} lead={auth(kind === "lab" ? "kindLab" : "kindClinic")}>
      <form
        className="flex max-w-md flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          save.mutate({
            name: String(given.get("name")),
            timeZone: String(given.get("timeZone")),
            undoSeconds: Number(given.get("undoSeconds")),
          });
        }}
      >
        <TextField label={auth("organisationName")} name="name" required maxLength={120} defaultValue={name} />
        <SelectField
          label={t("timeZone")}
          name="timeZone"
          hint={t("timeZoneHint")}
          defaultValue={timeZone}
          options={[...new Set([timeZone, ...TIME_ZONES])].map((zone) => ({
            value: zone,
            label: zone.replaceAll("_", " "),
          }))}
        />
        <TextField
          label={t("undoSeconds")}
          name="undoSeconds"
          type="number"
          min={0}
          max={60}
          required
          hint={t("undoSecondsHint")}
          defaultValue={undoSeconds}
        />
        <Button type="submit" look="primary" className="self-start" busy={save.isPending}>
          {t("saveOrganisation")}
        </Button>
      </form>
    </SettingsSection>
  );
}
