"use client";
import { useTranslations } from "use-intl";
import { SelectField, TextField } from "#components/ui/field.tsx";
import type { PatientCandidate } from "#lib/documents/document-schema.ts";
import type { SecondIdentifier } from "./patient-chart-queries.ts";

export type Confirmation = { by: "birthDate" | "chartNumber"; text: string; compared: boolean };
export const EMPTY_CONFIRMATION: Confirmation = { by: "birthDate", text: "", compared: false };

/** @returns null as long as nothing usable was given */
export function secondIdentifierOf({ by, text }: Confirmation, candidate: PatientCandidate): SecondIdentifier | null {
  const given = text.trim();
  if (!given) return null;
  return by === "birthDate" && candidate.birthDate ? { birthDate: given } : { chartNumber: given };
}

type Props = {
  candidate: PatientCandidate;
  orderNumber: string;
  value: Confirmation;
  onChange: (value: Confirmation) => void;
  /** Somebody tried to confirm already: what is missing is said. */
  checked: boolean;
};

/** The second identifier and a person's word. The practice's chart has the last word on the server. */
export function ConfirmPatient({ candidate, orderNumber, value, onChange, checked }: Props) {
  const t = useTranslations("patientChart");
  const by = candidate.birthDate ? value.by : "chartNumber";
  const missing = checked && value.text.trim() === "" ? t("identifierMissing") : undefined;
  return (
    <div className="flex flex-col gap-3 rounded-lg bg-sunken px-3 py-3">
      <p className="text-sm text-pretty">{t("identifierLead")}</p>
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        <SelectField
          label={t("identifier")}
          value={by}
          onChange={(event) => onChange({ ...value, by: event.target.value as Confirmation["by"], text: "" })}
          options={[
            ...(candidate.birthDate ? [{ value: "birthDate", label: t("birthDate") }] : []),
            ...(candidate.chartNumber ? [{ value: "chartNumber", label: t("chartNumber") }] : []),
          ]}
        />
        <TextField
          key={by}
          label={t(by === "birthDate" ? "birthDateOf" : "chartNumberOf")}
          type={by === "birthDate" ? "date" : "text"}
          autoComplete="off"
          problem={missing}
          value={value.text}
          onChange={(event) => onChange({ ...value, by, text: event.target.value })}
        />
      </div>
      <label className="flex cursor-pointer items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          checked={value.compared}
          onChange={(event) => onChange({ ...value, by, compared: event.target.checked })}
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        />
        <span className={checked && !value.compared ? "text-rejected" : undefined}>
          {t("compared", { name: `${candidate.firstName} ${candidate.lastName}`, number: orderNumber })}
        </span>
      </label>
    </div>
  );
}
