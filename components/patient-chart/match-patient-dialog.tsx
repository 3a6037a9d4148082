"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { CandidateList } from "./candidate-list.tsx";
import { ConfirmPatient, EMPTY_CONFIRMATION, secondIdentifierOf } from "./confirm-patient.tsx";
import { candidatesQuery, chartKeys, confirmPatient, type PatientSearch } from "./patient-chart-queries.ts";
import { PatientSearchForm } from "./patient-search-form.tsx";

type Props = { order: OrderDetailView; charts: ConnectionView[]; onClose: () => void };

/** Whose chart is it: proposed by the order's own code or found by name, then confirmed with something read elsewhere. */
export function MatchPatientDialog({ order, charts, onClose }: Props) {
  const t = useTranslations("patientChart");
  const ui = useTranslations("ui");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [connectionId, setConnectionId] = useState(charts[0]?.id ?? "");
  const [search, setSearch] = useState<PatientSearch | null>(null);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [confirmation, setConfirmation] = useState(EMPTY_CONFIRMATION);
  const [checked, setChecked] = useState(false);
  const candidates = useQuery(candidatesQuery(order.id, connectionId, search));
  const items = candidates.data?.items ?? [];
  const chosen = items.find(({ key }) => key === chosenKey) ?? null;
  const secondIdentifier = chosen && secondIdentifierOf(confirmation, chosen);
  const confirm = useMutation({
    mutationFn: (input: Parameters<typeof confirmPatient>[1]) => confirmPatient(order.id, input),
    onSuccess: async ({ patient }) => {
      toast("success", t("confirmed", { name: `${patient.firstName} ${patient.lastName}` }));
      await queryClient.invalidateQueries({ queryKey: chartKeys.match(order.id) });
      onClose();
    },
  });

  function choose(key: string | null) {
    setChosenKey(key);
    setConfirmation(EMPTY_CONFIRMATION);
    setChecked(false);
    confirm.reset();
  }
  function submit() {
    setChecked(true);
    if (!chosen || !secondIdentifier || !confirmation.compared) return;
    confirm.mutate({ connection: connectionId, patientKey: chosen.key, secondIdentifier });
  }

  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("matchTitle", { number: order.number })}
      description={t("matchLead")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" disabled={!chosen} busy={confirm.isPending} onClick={submit}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <div className="mt-4 flex flex-col gap-4">
        {charts.length > 1 && (
          <SelectField
            label={t("whichChart")}
            value={connectionId}
            onChange={(event) => {
              setConnectionId(event.target.value);
              choose(null);
            }}
            options={charts.map(({ id, vendorName, account }) => ({ value: id, label: `${vendorName} · ${account}` }))}
          />
        )}
        <PatientSearchForm
          order={order}
          busy={candidates.isFetching}
          onSearch={(wanted) => {
            choose(null);
            setSearch(wanted);
          }}
        />
        {candidates.isPending && <Skeleton className="h-14 w-full rounded-lg" />}
        {candidates.error && (
          <Notice tone="problem">
            <ProblemText error={candidates.error} />
          </Notice>
        )}
        {candidates.data && items.length === 0 && (
          <p className="rounded-lg bg-sunken px-3 py-2.5 text-muted text-sm">{t(search ? "nobody" : "noCode")}</p>
        )}
        {items.length > 0 && <CandidateList candidates={items} chosen={chosenKey} onChoose={choose} />}
        {chosen && (
          <ConfirmPatient
            candidate={chosen}
            orderNumber={order.number}
            value={confirmation}
            onChange={setConfirmation}
            checked={checked}
          />
        )}
        {confirm.error && (
          <Notice tone="problem">
            <ProblemText error={confirm.error} />
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
