"use client";
import { Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import type { PatientSearch } from "./patient-chart-queries.ts";

type Props = { order: OrderDetailView; busy: boolean; onSearch: (search: PatientSearch) => void };

/** A last name and one thing more: names alone find the wrong people. */
export function PatientSearchForm({ order, busy, onSearch }: Props) {
  const t = useTranslations("patientChart");
  const [incomplete, setIncomplete] = useState(false);
  const name = guessName(order.patientName);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [lastName = "", firstName = "", birthDate = ""] = ["lastName", "firstName", "birthDate"].map((field) =>
      String(given.get(field) ?? "").trim(),
    );
    const isComplete = lastName !== "" && (firstName !== "" || birthDate !== "");
    setIncomplete(!isComplete);
    if (isComplete) onSearch({ lastName, ...(firstName ? { firstName } : {}), ...(birthDate ? { birthDate } : {}) });
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 items-start gap-3 sm:grid-cols-[1fr_1fr_auto_auto]">
      <TextField label={t("lastName")} name="lastName" autoComplete="off" defaultValue={name.last} />
      <TextField label={t("firstName")} name="firstName" autoComplete="off" defaultValue={name.first} />
      <TextField label={t("birthDate")} name="birthDate" type="date" className="sm:w-40" />
      <Button type="submit" size="large" busy={busy} className="sm:mt-6">
        <Search aria-hidden className="size-4" />
        {t("search")}
      </Button>
      {incomplete && <p className="text-rejected text-sm sm:col-span-4">{t("searchIncomplete")}</p>}
    </form>
  );
}

/** "John Smith", "Smith, John": the order's own words, to begin a search with. */
function guessName(text: string | null): { first: string; last: string } {
  const [before = "", after] = (text ?? "").split(",", 2).map((part) => part.trim());
  if (after !== undefined) return { last: before, first: after };
  const words = before.split(/\s+/);
  return { last: words.at(-1) ?? "", first: words.slice(0, -1).join(" ") };
}
