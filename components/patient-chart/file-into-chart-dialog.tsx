"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { orderKeys } from "#components/orders/orders-queries.ts";
import { useMember } from "#components/portal/member-context.tsx";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ChartMatchView, FilingDetails } from "#lib/documents/document-schema.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { isFdi, parseTeeth, printTeeth } from "#lib/teeth/tooth.ts";
import { KIND_WORDS } from "./filings-list.tsx";
import { type Paper, PaperChoice } from "./paper-choice.tsx";
import { categoriesQuery, fileIntoChart } from "./patient-chart-queries.ts";
import { TeethField } from "./teeth-field.tsx";

const IMAGE_TYPES = {
  document: "typeDocument",
  radiograph: "typeRadiograph",
  photo: "typePhoto",
  file: "typeFile",
  attachment: "typeAttachment",
} as const;
type ImageType = keyof typeof IMAGE_TYPES;

type Props = { order: OrderDetailView; match: ChartMatchView; onClose: () => void };

/** Which paper goes into the chart, and how it is to be found there. */
export function FileIntoChartDialog({ order, match, onClose }: Props) {
  const t = useTranslations("patientChart");
  const ui = useTranslations("ui");
  const toast = useToast();
  const queryClient = useQueryClient();
  const { toothNotation } = useMember();
  const categories = useQuery(categoriesQuery(order.id));
  const [paper, setPaper] = useState<Paper>({ kind: "order_form", file: null, isReady: true });
  const [category, setCategory] = useState<string | null>(null);
  const [imageType, setImageType] = useState<ImageType | null>(null);
  const [description, setDescription] = useState<string | null>(null);
  const [teethText, setTeethText] = useState(() => printTeeth(teethOf(order), toothNotation));
  const teeth = parseTeeth(teethText, toothNotation);
  const proposed = categories.data?.items.find(({ isProposed }) => isProposed) ?? categories.data?.items[0];
  const file = useMutation({
    mutationFn: (details: FilingDetails) => fileIntoChart(order.id, details, paper.file),
    onSuccess: () => {
      toast("success", t("filedToast", { paper: t(KIND_WORDS[paper.kind]), name: nameOf(match) }));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) }),
  });
  const words = description ?? t("descriptionProposed", { paper: t(KIND_WORDS[paper.kind]), number: order.number });
  const chosenType = imageType ?? (paper.kind === "picture" ? "photo" : "document");
  const chosenCategory = category ?? proposed?.key;
  function submit() {
    if (!paper.isReady || teeth === null) return;
    file.mutate({
      kind: paper.kind,
      imageType: chosenType,
      description: words,
      teeth,
      ...(chosenCategory ? { category: chosenCategory } : {}),
    });
  }
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("fileTitle", { name: nameOf(match) })}
      description={t("fileLead")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={file.isPending} disabled={!paper.isReady || teeth === null} onClick={submit}>
            {t(file.isPending ? "filing" : "fileNow")}
          </Button>
        </>
      }
    >
      <div className="mt-4 flex flex-col gap-4">
        <PaperChoice order={order} paper={paper} onChange={setPaper} />
        <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
          <SelectField
            label={t("category")}
            hint={proposed?.isProposed && chosenCategory === proposed.key ? t("categoryProposed") : undefined}
            value={chosenCategory ?? ""}
            disabled={!categories.data}
            onChange={(event) => setCategory(event.target.value)}
            options={
              categories.data?.items.map(({ key, name }) => ({ value: key, label: name })) ?? [
                { value: "", label: t("asking") },
              ]
            }
          />
          <SelectField
            label={t("imageType")}
            value={chosenType}
            onChange={(event) => setImageType(event.target.value as ImageType)}
            options={Object.entries(IMAGE_TYPES).map(([value, word]) => ({ value, label: t(word) }))}
          />
        </div>
        <TextField
          label={t("description")}
          maxLength={200}
          value={words}
          onChange={(event) => setDescription(event.target.value)}
        />
        <TeethField text={teethText} teeth={teeth} onChange={setTeethText} />
        {(file.error ?? categories.error) && (
          <Notice tone="problem">
            <ProblemText error={file.error ?? categories.error} />
          </Notice>
        )}
      </div>
    </Dialog>
  );
}

function teethOf({ prescription }: OrderDetailView) {
  return prescription.restorations.flatMap(({ tooth }) => (tooth && isFdi(tooth.fdi) ? [tooth.fdi] : []));
}

function nameOf({ patient }: ChartMatchView): string {
  return `${patient.firstName} ${patient.lastName}`;
}
