"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarPlus, RefreshCw, Unlink } from "lucide-react";
import dynamic from "next/dynamic";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useKeptFocus } from "#components/ui/use-kept-focus.ts";
import type { AppointmentLinkView, OrderAppointment } from "#lib/appointments/appointment-schema.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { appointmentKeys, unlinkAppointment, visitNoteQuery } from "./appointments-queries.ts";
import { useAppointment } from "./use-appointment.ts";
import { useVisitWords } from "./use-visit-words.ts";
import { VisitDates } from "./visit-dates.tsx";
import { VisitNotes } from "./visit-notes.tsx";

const LinkDialog = dynamic(() => import("./link-dialog.tsx").then((file) => file.LinkDialog));

/** The appointment behind a clinic's order, and what was noted there. Not shown where no practice's appointments are connected. */
export function AppointmentSection({ order }: { order: OrderDetailView }) {
  const { appointment: data } = useAppointment(order);
  const keptFocus = useKeptFocus<HTMLElement>(data?.link?.id);
  if (!data || (!data.link && data.connections.length === 0)) return null;
  return (
    <section {...keptFocus} aria-labelledby="appointment-title" className="flex flex-col gap-3 rounded">
      {data.link ? (
        <Linked orderId={order.id} link={data.link} />
      ) : (
        <NotLinked orderId={order.id} connections={data.connections} />
      )}
    </section>
  );
}

function Title({ children }: { children?: React.ReactNode }) {
  const t = useTranslations("appointments");
  return (
    <header className="flex min-h-8 items-center gap-1">
      <h2 id="appointment-title" className="flex-1 font-semibold">
        {t("title")}
      </h2>
      {children}
    </header>
  );
}

function NotLinked({ orderId, connections }: { orderId: string; connections: OrderAppointment["connections"] }) {
  const t = useTranslations("appointments");
  const mayDecide = useMay("decide");
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <Title>
        {mayDecide && (
          <Button size="small" onClick={() => setChoosing(true)}>
            <CalendarPlus aria-hidden className="size-3.5" />
            {t("link")}
          </Button>
        )}
      </Title>
      <p className="text-muted text-sm text-pretty">{t("notLinked")}</p>
      <Suspense fallback={null}>
        {choosing && <LinkDialog orderId={orderId} connections={connections} onClose={() => setChoosing(false)} />}
      </Suspense>
    </>
  );
}

function Linked({ orderId, link: kept }: { orderId: string; link: AppointmentLinkView }) {
  const t = useTranslations("appointments");
  const { data: note, error, isFetching, refetch } = useQuery(visitNoteQuery(orderId, kept.id));
  const link = note?.link.id === kept.id && note.link.readAt > kept.readAt ? note.link : kept;
  return (
    <>
      <Title>
        <IconButton label={t("readAgain")} busy={isFetching} onClick={() => void refetch()}>
          <RefreshCw aria-hidden className="size-4" />
        </IconButton>
        <UnlinkButton orderId={orderId} />
      </Title>
      <LinkFacts link={link} />
      <VisitDates link={link} />
      {error && (
        <Notice tone="problem">
          <ProblemText error={error} />
        </Notice>
      )}
      {!note && isFetching && <NoteSkeleton />}
      {note && <VisitNotes orderId={orderId} note={note} />}
    </>
  );
}

function LinkFacts({ link }: { link: AppointmentLinkView }) {
  const t = useTranslations("appointments");
  const words = useVisitWords();
  const { appointment, patient } = link;
  return (
    <div className="text-sm">
      <p className="flex flex-wrap gap-x-2">
        <span className="min-w-0 font-medium">{appointment.title || t("visit")}</span>
        <span className="ml-auto whitespace-nowrap">{words.when(appointment)}</span>
      </p>
      <p className="flex flex-wrap gap-x-2 text-muted">
        {patient && <span>{patient.name}</span>}
        <span className="ml-auto whitespace-nowrap">
          {link.vendorName} · <Moment at={link.readAt} />
        </span>
      </p>
    </div>
  );
}

/** A link can be made again at any time: it is taken back without a question. */
function UnlinkButton({ orderId }: { orderId: string }) {
  const t = useTranslations("appointments");
  const toast = useToast();
  const queryClient = useQueryClient();
  const mayDecide = useMay("decide");
  const unlink = useMutation({
    mutationFn: () => unlinkAppointment(orderId),
    onSuccess: async () => {
      toast("success", t("unlinked"));
      await queryClient.invalidateQueries({ queryKey: appointmentKeys.one(orderId) });
    },
  });
  if (!mayDecide) return null;
  return (
    <IconButton label={t("unlink")} busy={unlink.isPending} onClick={() => unlink.mutate()}>
      <Unlink aria-hidden className="size-4" />
    </IconButton>
  );
}

function NoteSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-3">
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-36 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  );
}
