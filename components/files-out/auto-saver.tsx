"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { meQuery } from "#components/portal/me-queries.ts";
import { useMay } from "#components/portal/member-context.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { autoSave, saveAccepted } from "./auto-save.ts";
import { canWriteFolders } from "./folder-access.ts";

/** How often it is looked for accepted orders, ms. */
const ROUND_MS = 5_000;

export function useAutoSave() {
  return useSyncExternalStore(autoSave.subscribe, autoSave.read, autoSave.readOnServer);
}

/** Writes accepted orders to the chosen folder while the portal is open, and asks before anything would be overwritten. */
export function AutoSaver() {
  const mayDownload = useMay("download");
  const { downloadFormat } = usePreferences().preferences;
  const organisationId = useQuery(meQuery()).data?.organisation.id;
  useEffect(() => {
    if (!organisationId || !mayDownload || !canWriteFolders()) return;
    let isBusy = false;
    const round = async () => {
      if (isBusy) return;
      isBusy = true;
      // What fails now, a session that ended or a network away, is tried again in the next round.
      await saveAccepted(organisationId, downloadFormat).catch(() => undefined);
      isBusy = false;
    };
    void round();
    const timer = setInterval(() => void round(), ROUND_MS);
    return () => clearInterval(timer);
  }, [organisationId, mayDownload, downloadFormat]);
  return <ConflictWindow />;
}

function ConflictWindow() {
  const t = useTranslations("filesOut");
  const { conflict } = useAutoSave();
  if (!conflict) return null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && conflict.answer("skip")}
      title={t("conflictTitle", { folder: conflict.folder })}
      footer={
        <>
          <Button onClick={() => conflict.answer("skip")}>{t("skip")}</Button>
          <Button onClick={() => conflict.answer("replace")}>{t("replace")}</Button>
          <Button look="primary" onClick={() => conflict.answer("both")}>
            {t("keepBoth")}
          </Button>
        </>
      }
    >
      <p className="mt-2">{t("conflictLead", { count: conflict.names.length })}</p>
      <ul className="mt-2 max-h-48 overflow-y-auto rounded-lg border bg-sunken px-3 py-2 font-mono text-sm">
        {conflict.names.map((name) => (
          <li key={name} className="break-all">
            {name}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
