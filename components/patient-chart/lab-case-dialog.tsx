"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { orderKeys } from "#components/orders/orders-queries.ts";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { LabCaseChoices } from "#lib/documents/document-schema.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { LabCaseDates } from "./lab-case-dates.tsx";
import { chartKeys, labCaseQuery, saveLabCase } from "./patient-chart-queries.ts";

/** The practice's lab case of this order: made, or brought up to date with the order's dates. */
export function LabCaseDialog({ order, onClose }: { order: OrderDetailView; onClose: () => void }) {
  const t = useTranslations("patientChart");
  const ui = useTranslations("ui");
  const { data, error } = useQuery({ ...labCaseQuery(order.id), staleTime: 0, gcTime: 0 });
  const save = useSaveLabCase(order, onClose);
  const [picked, setPicked] = useState<Partial<Choice>>({});
  const choice = data && { ...proposal(data), ...picked };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("labCaseTitle", { number: order.number })}
      description={t(data?.labCase ? "labCaseThere" : "labCaseLead")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            look="primary"
            disabled={!choice?.lab || !choice.provider}
            busy={save.isPending}
            onClick={() => choice && save.mutate({ ...choice, appointment: choice.appointment || null })}
          >
            {t(data?.labCase ? "labCaseUpdate" : "labCaseCreate")}
          </Button>
        </>
      }
    >
      <div className="mt-4 flex flex-col gap-3">
        {!data && !error && <FieldsSkeleton label={t("asking")} />}
        {data && <LabCaseDates order={order} labCase={data.labCase} />}
        {data && choice && (
          <Fields choices={data} choice={choice} onPick={(more) => setPicked({ ...picked, ...more })} />
        )}
        {(save.error ?? error) && (
          <Notice tone="problem">
            <ProblemText error={save.error ?? error} />
          </Notice>
        )}
      </div>
    </Dialog>
  );
}

type Choice = { lab: string; provider: string; appointment: string };

function proposal({ labs, providers, proposedLab, labCase }: LabCaseChoices): Choice {
  return {
    lab: labCase?.labKey ?? proposedLab ?? (labs.length === 1 ? labs[0]!.key : ""),
    provider: labCase?.providerKey ?? (providers.length === 1 ? providers[0]!.key : ""),
    appointment: labCase?.appointmentKey ?? "",
  };
}

function useSaveLabCase(order: OrderDetailView, onSaved: () => void) {
  const t = useTranslations("patientChart");
  const toast = useToast();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Parameters<typeof saveLabCase>[1]) => saveLabCase(order.id, input),
    onSuccess: ({ key }) => {
      toast("success", t("labCaseSaved", { number: key }));
      onSaved();
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) }),
        queryClient.invalidateQueries({ queryKey: chartKeys.labCase(order.id) }),
      ]),
  });
}

type FieldsProps = { choices: LabCaseChoices; choice: Choice; onPick: (more: Partial<Choice>) => void };

function Fields({ choices, choice, onPick }: FieldsProps) {
  const t = useTranslations("patientChart");
  const format = useFormatter();
  const options = (rows: { key: string; name: string }[]) => [
    { value: "", label: t("choose") },
    ...rows.map(({ key, name }) => ({ value: key, label: name })),
  ];
  return (
    <>
      <SelectField
        label={t("lab")}
        value={choice.lab}
        onChange={(event) => onPick({ lab: event.target.value })}
        options={options(choices.labs)}
      />
      <SelectField
        label={t("provider")}
        value={choice.provider}
        onChange={(event) => onPick({ provider: event.target.value })}
        options={options(choices.providers)}
      />
      <SelectField
        label={t("appointment")}
        hint={t("appointmentHint")}
        value={choice.appointment}
        onChange={(event) => onPick({ appointment: event.target.value })}
        options={[
          { value: "", label: t("noAppointment") },
          ...choices.appointments.map(({ key, at, description, isPlanned }) => ({
            value: key,
            label: [
              isPlanned && t("plannedAppointment"),
              at && format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" }),
              description,
            ]
              .filter(Boolean)
              .join(" · "),
          })),
        ]}
      />
    </>
  );
}

function FieldsSkeleton({ label }: { label: string }) {
  return (
    <div aria-busy className="flex flex-col gap-3">
      <p className="text-muted text-sm">{label}</p>
      {["dates", "lab", "provider", "appointment"].map((place) => (
        <Skeleton key={place} className="h-14 w-full rounded-lg" />
      ))}
    </div>
  );
}
