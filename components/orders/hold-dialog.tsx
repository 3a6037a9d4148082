"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { fetchApi } from "#components/api/fetch-api.ts";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextAreaField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { orderKeys } from "./orders-queries.ts";
import { ReasonField } from "./reason-field.tsx";

/** Puts an order aside: why, and the day to look again. */
export function HoldDialog(props: { order: OrderView; onHeld?: () => void; onClose: () => void }) {
  const { order, onClose } = props;
  const t = useTranslations("holds");
  const decisions = useTranslations("decisions");
  const format = useFormatter();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [until, setUntil] = useState(dayAhead(3));
  const [checked, setChecked] = useState(false);
  const hold = useMutation({
    mutationFn: () =>
      fetchApi<void>(`/api/orders/${order.id}/hold`, {
        method: "PUT",
        body: { reason, until, ...(note.trim() ? { note: note.trim() } : {}) },
      }),
    onSuccess: () => {
      const day = format.dateTime(new Date(`${until}T00:00`), { dateStyle: "medium" });
      toast("success", t("held", { number: order.number, until: day }));
      void queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) });
      void queryClient.invalidateQueries({ queryKey: orderKeys.lists });
      props.onHeld?.();
      onClose();
    },
  });
  const confirm = () => {
    setChecked(true);
    if (reason && until) hold.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title", { number: order.number })}
      footer={
        <>
          <Button onClick={onClose}>{decisions("keep")}</Button>
          <Button look="primary" busy={hold.isPending} onClick={confirm}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <p className="mt-2 text-pretty">{t("lead")}</p>
      <div className="mt-4 flex flex-col gap-3">
        <ReasonField
          value={reason}
          onChange={setReason}
          problem={checked && !reason ? decisions("reasonMissing") : undefined}
        />
        <TextField
          label={t("until")}
          type="date"
          required
          min={dayAhead(1)}
          max={dayAhead(365)}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
        <TextAreaField
          label={decisions("note")}
          optional
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {hold.error && (
        <Notice tone="problem" className="mt-3">
          <ProblemText error={hold.error} />
        </Notice>
      )}
    </Dialog>
  );
}

/** A day of this browser's calendar, as a date field holds it. */
function dayAhead(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return day.toLocaleDateString("sv-SE");
}
