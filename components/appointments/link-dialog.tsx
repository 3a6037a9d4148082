"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { OrderAppointment } from "#lib/appointments/appointment-schema.ts";
import { appointmentKeys, candidatesQuery, linkAppointment } from "./appointments-queries.ts";
import { CandidateChoice } from "./candidate-choice.tsx";

type Props = { orderId: string; connections: OrderAppointment["connections"]; onClose: () => void };

/** Which appointment an order belongs to: proposed by the patient's name and the day, decided by a person. */
export function LinkDialog({ orderId, connections, onClose }: Props) {
  const t = useTranslations("appointments");
  const ui = useTranslations("ui");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [connection, setConnection] = useState(connections[0]?.id ?? "");
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error, isFetching } = useQuery(candidatesQuery(orderId, connection, name));
  const items = data?.items ?? [];
  const picked = items.find(({ key }) => key === chosen) ?? items.find(({ isProposed }) => isProposed);
  const link = useMutation({
    mutationFn: (key: string) => linkAppointment(orderId, connection, key),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: appointmentKeys.one(orderId) });
      toast("success", t("linked"));
      onClose();
    },
  });
  function search(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setChosen(null);
    setName(String(new FormData(event.currentTarget).get("name") ?? "").trim());
  }
  const problem = link.error ?? error;
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t("linkTitle")}
      description={t("linkText")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            look="primary"
            disabled={!picked}
            busy={link.isPending}
            onClick={() => picked && link.mutate(picked.key)}
          >
            {t("linkThis")}
          </Button>
        </>
      }
    >
      <form onSubmit={search} className="mt-4 flex flex-wrap items-end gap-2">
        {connections.length > 1 && (
          <div className="w-full">
            <SelectField
              label={t("account")}
              value={connection}
              onChange={(event) => setConnection(event.currentTarget.value)}
              options={connections.map(({ id, account, vendorName }) => ({
                value: id,
                label: t("accountOf", { account, vendor: vendorName }),
              }))}
            />
          </div>
        )}
        <div className="min-w-0 flex-1">
          <TextField
            label={t("patientName")}
            name="name"
            maxLength={200}
            autoComplete="off"
            placeholder={data?.searchedFor ?? ""}
          />
        </div>
        <Button type="submit" size="large">
          <Search aria-hidden className="size-4" />
          {t("search")}
        </Button>
      </form>
      {problem && (
        <Notice tone="problem" className="mt-3">
          <ProblemText error={problem} />
        </Notice>
      )}
      <div aria-busy={isFetching} className="mt-4 min-h-44">
        {!data && isFetching && <CandidateSkeletons />}
        {data && items.length === 0 && <p className="text-muted text-sm">{t("noCandidates")}</p>}
        {items.length > 0 && (
          <CandidateChoice items={items} chosen={picked?.key ?? null} onChoose={(key) => setChosen(key)} />
        )}
      </div>
    </Dialog>
  );
}

function CandidateSkeletons() {
  return (
    <div className="flex flex-col gap-2">
      {[0, 1, 2].map((row) => (
        <Skeleton key={row} className="h-14 w-full" />
      ))}
    </div>
  );
}
