"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { meQuery } from "#components/portal/me-queries.ts";
import { SettingsSection } from "#components/settings/settings-section.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { allowSaving, startSaving, stopSaving } from "./auto-save.ts";
import { useAutoSave } from "./auto-saver.tsx";
import { canWriteFolders } from "./folder-access.ts";

/** Where accepted orders are written on this computer, and how far that is. */
export function AutoSaveSection() {
  const t = useTranslations("filesOut");
  const organisationId = useQuery(meQuery()).data?.organisation.id;
  // Only the browser knows; the server draws neither.
  const [isSupported, setSupported] = useState<boolean | null>(null);
  useEffect(() => setSupported(canWriteFolders()), []);
  return (
    <SettingsSection title={t("autoTitle")} lead={t("autoLead")}>
      <div className="min-h-10 max-w-xl">
        {isSupported === false && <Notice tone="information">{t("unsupported")}</Notice>}
        {isSupported && organisationId && <Chosen organisationId={organisationId} />}
      </div>
    </SettingsSection>
  );
}

function Chosen({ organisationId }: { organisationId: string }) {
  const t = useTranslations("filesOut");
  const { mode, folder, written, writing, problem } = useAutoSave();
  if (mode === "unknown") return null;
  if (mode === "off")
    return (
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" onClick={() => void startSaving(organisationId)}>
          {t("choose")}
        </Button>
        <span className="text-muted text-sm">{t("formatHint")}</span>
      </div>
    );
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 text-sm">
        <dt className="text-muted">{t("folder")}</dt>
        <dd className="break-all font-mono">{folder || "/"}</dd>
      </dl>
      {mode === "asking" && (
        <Notice tone="warning">
          <p>{t("asks", { folder: folder ?? "" })}</p>
          <Button size="small" className="mt-2" onClick={() => void allowSaving(organisationId)}>
            {t("allow")}
          </Button>
        </Notice>
      )}
      {problem && <Notice tone="problem">{t("problem", { number: problem.number, why: problem.reason })}</Notice>}
      {mode === "on" && (
        <p role="status" className="text-sm">
          {writing ? t("writing", writing) : t("waiting")} {t("done", { count: written })}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void startSaving(organisationId)}>{t("change")}</Button>
        <Button onClick={() => void stopSaving(organisationId)}>{t("off")}</Button>
      </div>
    </div>
  );
}
