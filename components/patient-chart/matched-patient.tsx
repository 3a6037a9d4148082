"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ClipboardList, FileInput, Images, Undo2, UserCheck } from "lucide-react";
import dynamic from "next/dynamic";
import { Suspense, useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { orderKeys } from "#components/orders/orders-queries.ts";
import { useMay } from "#components/portal/member-context.tsx";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import type { ChartMatchView } from "#lib/documents/document-schema.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { FilingsList } from "./filings-list.tsx";
import { undoMatch } from "./patient-chart-queries.ts";

const FileDialog = dynamic(() => import("./file-into-chart-dialog.tsx").then((file) => file.FileIntoChartDialog));
const PicturesDialog = dynamic(() => import("./bring-pictures-dialog.tsx").then((file) => file.BringPicturesDialog));
const LabCaseDialog = dynamic(() => import("./lab-case-dialog.tsx").then((file) => file.LabCaseDialog));

type Props = { order: OrderDetailView; match: ChartMatchView; connection: ConnectionView };

/** The confirmed patient, what was filed, and what can be done. */
export function MatchedPatient({ order, match, connection }: Props) {
  const t = useTranslations("patientChart");
  const mayDecide = useMay("decide");
  const [open, setOpen] = useState<"file" | "pictures" | "labCase" | null>(null);
  const close = () => setOpen(null);
  const usable = mayDecide && connection.state === "connected";
  return (
    <div className="panel flex flex-col gap-3 p-3">
      <Patient order={order} match={match} mayUndo={usable} />
      {usable && (
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={() => setOpen("file")}>
            <FileInput aria-hidden className="size-4" />
            {t("file")}
          </Button>
          <Button onClick={() => setOpen("pictures")}>
            <Images aria-hidden className="size-4" />
            {t("bring")}
          </Button>
          <Button onClick={() => setOpen("labCase")}>
            <ClipboardList aria-hidden className="size-4" />
            {t("labCase")}
          </Button>
        </div>
      )}
      <FilingsList orderId={order.id} />
      <Suspense fallback={null}>
        {open === "file" && <FileDialog order={order} match={match} onClose={close} />}
        {open === "pictures" && <PicturesDialog order={order} onClose={close} />}
        {open === "labCase" && <LabCaseDialog order={order} onClose={close} />}
      </Suspense>
    </div>
  );
}

function Patient({ order, match, mayUndo }: { order: OrderDetailView; match: ChartMatchView; mayUndo: boolean }) {
  const t = useTranslations("patientChart");
  const format = useFormatter();
  const toast = useToast();
  const sentence = useProblemSentence();
  const queryClient = useQueryClient();
  const now = useNow({ updateInterval: 15_000 });
  const undo = useMutation({
    mutationFn: () => undoMatch(order.id),
    onSuccess: () => toast("information", t("undone")),
    onError: (error) => toast("problem", sentence(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) }),
  });
  const { patient } = match;
  const facts = [
    patient.birthDate
      ? t("born", {
          date: format.dateTime(new Date(`${patient.birthDate}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" }),
        })
      : t("noBirthDate"),
    t("patientNumber", { number: patient.key }),
    patient.chartNumber && t("chartNumberIs", { number: patient.chartNumber }),
  ].filter(Boolean);
  const isOpen = now < new Date(match.undoUntil);
  return (
    <div>
      <div className="flex items-start gap-2.5">
        <UserCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accepted" />
        <div className="min-w-0 flex-1">
          <p className="font-medium">
            {patient.lastName}, {patient.firstName}
          </p>
          <p className="text-muted text-sm">{facts.join(" · ")}</p>
        </div>
      </div>
      {mayUndo && isOpen && (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
          <Button size="small" busy={undo.isPending} onClick={() => undo.mutate()}>
            <Undo2 aria-hidden className="size-3.5" />
            {t("undo")}
          </Button>
          {t("undoUntil", { time: format.dateTime(new Date(match.undoUntil), { timeStyle: "short" }) })}
        </p>
      )}
    </div>
  );
}
