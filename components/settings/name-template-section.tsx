"use client";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { meQuery } from "#components/portal/me-queries.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { applyTemplate, NAME_TOKENS, type NameValues, unknownTokens } from "#lib/files-out/name-template.ts";
import { changeOrganisation } from "./settings-queries.ts";
import { SettingsSection, useChange } from "./settings-section.tsx";

/** An order of nobody, to look at names with. */
const EXAMPLE: Omit<NameValues, "jaw" | "kind" | "name"> = {
  number: "1045882",
  clinic: "Davis Dental",
  lab: "OneLab",
  case: "Ada L. 45-47",
  patient: "Ada Lovelace",
  patient_code: "P-0815",
  received: "2026-11-20",
  due: "2026-11-28",
  portal: "MeditLink",
};
const FILES = [
  { jaw: "upper", kind: "scan", name: "maxilla", ending: ".stl" },
  { jaw: "lower", kind: "scan", name: "mandible", ending: ".stl" },
  { jaw: "", kind: "attachment", name: "shade photo", ending: ".png" },
] as const;
const USUAL = "{jaw}_{name}";

/** How files are named on their way out, with what that looks like while it is typed. */
export function NameTemplateSection() {
  const t = useTranslations("filesOut");
  const { data: me } = useQuery(meQuery());
  if (!me)
    return (
      <SettingsSection title={t("templateTitle")}>
        <Skeleton className="h-52 w-full max-w-xl" />
      </SettingsSection>
    );
  return (
    <SettingsSection title={t("templateTitle")} lead={t("templateLead")}>
      <TemplateForm saved={me.organisation.fileNameTemplate} />
    </SettingsSection>
  );
}

function TemplateForm({ saved }: { saved: string | null }) {
  const t = useTranslations("filesOut");
  const ui = useTranslations("ui");
  const field = useRef<HTMLInputElement>(null);
  const [template, setTemplate] = useState(saved ?? USUAL);
  const save = useChange(changeOrganisation, meQuery().queryKey, ui("saved"));
  const strangers = unknownTokens(template);
  const insert = (token: string) => {
    const at = field.current?.selectionEnd ?? template.length;
    setTemplate(`${template.slice(0, at)}{${token}}${template.slice(at)}`);
    field.current?.focus();
  };
  return (
    <form
      className="flex max-w-xl flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (strangers.length === 0)
          save.mutate({ fileNameTemplate: template.trim() === USUAL ? null : template.trim() || null });
      }}
    >
      <TextField
        ref={field}
        label={t("template")}
        value={template}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => setTemplate(event.target.value)}
        problem={strangers.length > 0 ? t("unknownToken", { tokens: strangers.join(", ") }) : undefined}
        hint={t("templateHint")}
      />
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="mb-1 text-muted text-sm">{t("tokens")}</legend>
        {NAME_TOKENS.map((token) => (
          <Button key={token} size="small" className="font-mono" onClick={() => insert(token)}>
            {`{${token}}`}
          </Button>
        ))}
      </fieldset>
      <div>
        <h3 className="font-semibold text-sm">{t("preview")}</h3>
        <ul aria-live="polite" className="mt-1 rounded-lg border bg-sunken px-3 py-2 font-mono text-sm">
          {FILES.map(({ ending, ...file }) => (
            <li key={file.name} className="break-all">
              {applyTemplate(template || USUAL, { ...EXAMPLE, ...file }) + ending}
            </li>
          ))}
        </ul>
      </div>
      <Button type="submit" look="primary" className="self-start" busy={save.isPending} disabled={strangers.length > 0}>
        {t("saveTemplate")}
      </Button>
    </form>
  );
}
