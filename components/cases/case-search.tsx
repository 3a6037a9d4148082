"use client";
import { Search } from "lucide-react";
import type { FormEvent } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { type CaseWishes, NO_WISHES } from "./cases-queries.ts";

type Props = {
  wishes: CaseWishes;
  statuses: readonly string[];
  /** Clinics know their patients' codes; labs are never told them. */
  withCode: boolean;
  busy: boolean;
  onSearch: (wishes: CaseWishes) => void;
};

/** What cases can be looked for by. Asked only when it is sent: the vendor compares whole names, so half a one finds nothing. */
export function CaseSearch({ wishes, statuses, withCode, busy, onSearch }: Props) {
  const t = useTranslations("cases");
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    onSearch({
      name: text("name"),
      patientCode: text("patientCode"),
      status: text("status"),
      createdFrom: text("createdFrom"),
      createdTo: text("createdTo"),
      page: 0,
    });
  }
  return (
    <form onSubmit={submit} onReset={() => onSearch(NO_WISHES)} aria-label={t("search")} className="panel p-4">
      <div className={`grid grid-cols-1 gap-3 sm:grid-cols-2 ${withCode ? "lg:grid-cols-5" : "lg:grid-cols-4"}`}>
        <TextField label={t("name")} hint={t("nameHint")} name="name" defaultValue={wishes.name} autoComplete="off" />
        {withCode && (
          <TextField label={t("patientCode")} name="patientCode" defaultValue={wishes.patientCode} autoComplete="off" />
        )}
        <SelectField
          label={t("status")}
          name="status"
          defaultValue={wishes.status}
          options={[{ value: "", label: t("any") }, ...statuses.map((status) => ({ value: status, label: status }))]}
        />
        <TextField label={t("createdFrom")} name="createdFrom" type="date" defaultValue={wishes.createdFrom} />
        <TextField label={t("createdTo")} name="createdTo" type="date" defaultValue={wishes.createdTo} />
      </div>
      <div className="mt-4 flex gap-2">
        <Button type="submit" look="primary" busy={busy}>
          <Search aria-hidden className="size-4" />
          {t("search")}
        </Button>
        <Button type="reset" look="quiet">
          {t("reset")}
        </Button>
      </div>
    </form>
  );
}
