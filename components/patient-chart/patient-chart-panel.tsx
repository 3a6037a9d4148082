"use client";
import { useQuery } from "@tanstack/react-query";
import { UserSearch } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { connectionsQuery } from "#components/connections/connections-queries.ts";
import { VendorMark } from "#components/orders/order-marks.tsx";
import { useMay } from "#components/portal/member-context.tsx";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useKeptFocus } from "#components/ui/use-kept-focus.ts";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { MatchedPatient } from "./matched-patient.tsx";
import { matchQuery } from "./patient-chart-queries.ts";

const MatchPatientDialog = dynamic(() => import("./match-patient-dialog.tsx").then((file) => file.MatchPatientDialog));

/** The clinic's chart of the order's patient: nothing where the clinic has no charts connected, or for a lab. */
export function PatientChartPanel({ order }: { order: OrderDetailView }) {
  const connections = useQuery(connectionsQuery()).data?.items ?? [];
  const charts = connections.filter(({ capabilities }) => capabilities.includes("charts"));
  const [first] = charts;
  if (order.side !== "clinic" || !first) return null;
  return <ChartSection order={order} charts={charts} first={first} />;
}

type Props = { order: OrderDetailView; charts: ConnectionView[]; first: ConnectionView };

function ChartSection({ order, charts, first }: Props) {
  const t = useTranslations("patientChart");
  const { data, error, isPending } = useQuery(matchQuery(order.id));
  const match = data?.match ?? null;
  const keptFocus = useKeptFocus<HTMLElement>(match?.connectionId);
  const connection = charts.find(({ id }) => id === match?.connectionId) ?? first;
  return (
    <section {...keptFocus} aria-labelledby="chart-title" className="rounded">
      <header className="mb-2 flex items-center gap-2">
        <h2 id="chart-title" className="flex-1 font-semibold">
          {t("title")}
        </h2>
        <span className="text-muted text-sm">
          <VendorMark vendor={connection.vendor} name={connection.vendorName} withName />
        </span>
      </header>
      {connection.state !== "connected" && (
        <Notice tone="warning" className="mb-2">
          {t("reconnect", { vendor: connection.vendorName })}{" "}
          <Link href="/connections" className="underline">
            {t("toConnections")}
          </Link>
        </Notice>
      )}
      {isPending && <Skeleton className="h-24 w-full rounded-lg" />}
      {error && (
        <Notice tone="problem">
          <ProblemText error={error} />
        </Notice>
      )}
      {data && !match && <Unmatched order={order} charts={charts} />}
      {match && <MatchedPatient order={order} match={match} connection={connection} />}
    </section>
  );
}

function Unmatched({ order, charts }: Pick<Props, "order" | "charts">) {
  const t = useTranslations("patientChart");
  const mayDecide = useMay("decide");
  const [open, setOpen] = useState(false);
  const usable = charts.filter(({ state }) => state === "connected");
  return (
    <div className="rounded-lg border border-dashed px-3 py-3">
      <p className="text-muted text-sm text-pretty">{t("unmatched")}</p>
      {mayDecide && usable.length > 0 && (
        <Button className="mt-2.5" onClick={() => setOpen(true)}>
          <UserSearch aria-hidden className="size-4" />
          {t("match")}
        </Button>
      )}
      <Suspense fallback={null}>
        {open && <MatchPatientDialog order={order} charts={usable} onClose={() => setOpen(false)} />}
      </Suspense>
    </div>
  );
}
