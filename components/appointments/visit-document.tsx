"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileCheck, Send } from "lucide-react";
import { useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useKeptFocus } from "#components/ui/use-kept-focus.ts";
import type { VisitNote } from "#lib/appointments/appointment-schema.ts";
import { appointmentKeys, type DocumentKind, sendDocument } from "./appointments-queries.ts";

const SEND = { order_form: "sendOrderForm", delivery_note: "sendDeliveryNote" } as const;
const KINDS = ["order_form", "delivery_note"] as const satisfies DocumentKind[];

/** The appointment's one document: which it is, or what may become it. */
export function VisitDocument({ orderId, note }: { orderId: string; note: VisitNote }) {
  const t = useTranslations("appointments");
  const toast = useToast();
  const queryClient = useQueryClient();
  const mayDecide = useMay("decide");
  const send = useMutation({
    mutationFn: (kind: DocumentKind) => sendDocument(orderId, kind),
    onSuccess: () => toast("success", t("documentSent", { vendor: note.link.vendorName })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: appointmentKeys.notes(orderId) }),
  });
  const { document } = note;
  const keptFocus = useKeptFocus<HTMLDivElement>(document);
  return (
    <div {...keptFocus} className="flex flex-col gap-1.5 rounded">
      <h3 className="font-medium text-sm">{t("document")}</h3>
      {document ? (
        <p className="flex items-center gap-2 text-sm">
          <FileCheck aria-hidden className="size-4 shrink-0 text-accepted" />
          <span className="min-w-0 break-words">
            {document.kind ? t(`sent_${document.kind}`) : t("otherDocument", { name: document.name })}
          </span>
        </p>
      ) : (
        <p className="text-muted text-sm">{t("noDocument")}</p>
      )}
      {!document && mayDecide && (
        <div className="flex flex-wrap gap-2">
          {KINDS.map((kind) => (
            <Button
              key={kind}
              size="small"
              busy={send.isPending && send.variables === kind}
              disabled={send.isPending && send.variables !== kind}
              onClick={() => send.mutate(kind)}
            >
              <Send aria-hidden className="size-3.5" />
              {t(SEND[kind])}
            </Button>
          ))}
        </div>
      )}
      {send.error && (
        <Notice tone="problem">
          <ProblemText error={send.error} />
        </Notice>
      )}
    </div>
  );
}
