"use client";
import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import { useTranslations } from "use-intl";
import { useMember } from "#components/portal/member-context.tsx";
import { useToothWords } from "#components/prescription/use-tooth-words.ts";
import { Moment } from "#components/ui/moment.tsx";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { CasePicture } from "./case-picture.tsx";
import { ContradictionMark } from "./contradiction-mark.tsx";
import { DueDate } from "./due-date.tsx";
import { Completeness, ScanCount, SourceMarks } from "./order-marks.tsx";
import { StatusBadge, shownStatus } from "./order-status-badge.tsx";

/** The server sorts, filters and pages: the table only lays out columns. */
export const orderTableFeatures = tableFeatures({});
const column = createColumnHelper<typeof orderTableFeatures, OrderView>();

/** Width and the container width from which a column is shown: what tells orders apart stays longest. */
export const COLUMN_LOOKS: Record<string, string> = {
  status: "w-40",
  vendor: "w-14",
  picture: "w-16 hidden @3xl:table-cell",
  number: "w-22 hidden @3xl:table-cell",
  case: "w-36 @6xl:w-40",
  clinic: "w-36 @6xl:w-42 hidden @4xl:table-cell",
  restorations: "hidden @2xl:table-cell",
  shade: "w-16 hidden @6xl:table-cell",
  completeness: "w-20 hidden @6xl:table-cell text-center",
  scans: "w-18 hidden @5xl:table-cell text-right",
  received: "w-22 text-right",
  due: "w-34 text-right @max-6xl:pr-5!",
  age: "w-22 hidden @6xl:table-cell text-right",
};

/** Columns that the API can sort by. */
export const SORTABLE = { received: "receivedAt", due: "dueOn", number: "number", age: "vendorUpdatedAt" } as const;

export const orderColumns = column.columns([
  column.display({
    id: "status",
    header: () => <Header id="columnStatus" />,
    cell: ({ row }) => <Status order={row.original} />,
  }),
  column.display({
    id: "vendor",
    header: () => <Header id="columnVendor" />,
    cell: ({ row }) => <SourceMarks order={row.original} />,
  }),
  column.display({
    id: "picture",
    header: () => (
      <span className="sr-only">
        <Header id="columnPicture" />
      </span>
    ),
    cell: ({ row }) => <CasePicture order={row.original} />,
  }),
  column.display({
    id: "number",
    header: () => <Header id="columnNumber" />,
    cell: ({ row }) => <span className="font-mono text-xs">{row.original.number}</span>,
  }),
  column.display({
    id: "case",
    header: () => <Header id="columnCase" />,
    cell: ({ row }) => <CaseName order={row.original} />,
  }),
  column.display({
    id: "clinic",
    header: () => <OtherSideHeader />,
    cell: ({ row }) => <OtherSide order={row.original} />,
  }),
  column.display({
    id: "restorations",
    header: () => <Header id="columnRestorations" />,
    cell: ({ row }) => <Restorations order={row.original} />,
  }),
  column.display({
    id: "shade",
    header: () => <Header id="columnShade" />,
    cell: ({ row }) => <Shades order={row.original} />,
  }),
  column.display({
    id: "completeness",
    header: () => <Header id="columnCompleteness" />,
    cell: ({ row }) => <Completeness order={row.original} />,
  }),
  column.display({
    id: "scans",
    header: () => <Header id="columnScans" />,
    cell: ({ row }) => <ScanCount scans={row.original.scans} />,
  }),
  column.display({
    id: "received",
    header: () => <Header id="columnReceived" />,
    cell: ({ row }) => <Moment at={row.original.receivedAt} className="whitespace-nowrap" narrow />,
  }),
  column.display({
    id: "due",
    header: () => <Header id="columnDue" />,
    cell: ({ row }) => <DueDate order={row.original} />,
  }),
  column.display({
    id: "age",
    header: () => <Header id="columnAge" />,
    cell: ({ row }) => <Moment at={row.original.syncedAt} className="whitespace-nowrap text-muted" narrow />,
  }),
]);

type ColumnTitle =
  | "columnStatus"
  | "columnVendor"
  | "columnPicture"
  | "columnNumber"
  | "columnCase"
  | "columnRestorations"
  | "columnShade"
  | "columnReceived"
  | "columnDue"
  | "columnCompleteness"
  | "columnScans"
  | "columnAge";

function Header({ id }: { id: ColumnTitle }) {
  return useTranslations("orders")(id);
}

/** A lab looks for the clinic, a clinic for the lab. */
function OtherSideHeader() {
  const t = useTranslations("orders");
  return t(useMember().organisationKind === "lab" ? "columnClinic" : "columnLab");
}

function Status({ order }: { order: OrderView }) {
  return <StatusBadge status={shownStatus(order)} vendorStatus={order.vendorStatus} />;
}

export function CaseName({ order }: { order: Pick<OrderView, "caseName" | "patientName"> }) {
  const t = useTranslations("orders");
  const name = order.patientName ?? order.caseName;
  if (!name) return <span className="text-muted">{t("noName")}</span>;
  return (
    <span className="truncate font-medium" title={order.caseName ?? undefined}>
      {name}
    </span>
  );
}

export function OtherSide({ order }: { order: Pick<OrderView, "side" | "clinic" | "lab"> }) {
  const t = useTranslations("orders");
  const other = order.side === "lab" ? order.clinic : order.lab;
  return other ? <span title={other.name}>{other.name}</span> : <span className="text-muted">{t("noClinic")}</span>;
}

export function Restorations({ order }: { order: Pick<OrderView, "restorations" | "contradictionCount"> }) {
  const { what, materials } = useToothWords().summary(order.restorations);
  if (!what) return <span className="text-muted">–</span>;
  return (
    <span title={[what, materials].filter(Boolean).join(" · ")}>
      <ContradictionMark count={order.contradictionCount} />
      {what}
      {materials && <span className="text-muted"> · {materials}</span>}
    </span>
  );
}

function Shades({ order }: { order: Pick<OrderView, "restorations"> }) {
  const { shades } = useToothWords().summary(order.restorations);
  return shades || <span className="text-muted">–</span>;
}
