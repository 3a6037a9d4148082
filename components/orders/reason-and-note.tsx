"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { TextAreaField } from "#components/ui/field.tsx";
import type { DecisionKind } from "#lib/orders/order-schema.ts";
import { ReasonField } from "./reason-field.tsx";

/** Why an order is rejected or cancelled, as a dialog asks for it: a rejection needs a reason. */
export function useReasonAndNote(kind: DecisionKind) {
  const t = useTranslations("decisions");
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [checked, setChecked] = useState(false);
  const isMissing = kind === "reject" && !reason;
  return {
    /** @returns what goes with the decision, or null when something is missing, which is said then */
    read(): { reason?: string; note?: string } | null {
      setChecked(true);
      if (isMissing) return null;
      return { ...(reason ? { reason } : {}), ...(note.trim() ? { note: note.trim() } : {}) };
    },
    fields: kind !== "accept" && (
      <div className="mt-4 flex flex-col gap-3">
        {kind === "reject" && (
          <ReasonField
            value={reason}
            onChange={setReason}
            problem={checked && isMissing ? t("reasonMissing") : undefined}
          />
        )}
        <TextAreaField
          label={t("note")}
          optional
          hint={t("noteHint")}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    ),
  };
}
