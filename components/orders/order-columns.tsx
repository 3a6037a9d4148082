"use client";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMember } from "#components/portal/member-context.tsx";
import { ToothStrip } from "#components/prescription/tooth-strip.tsx";
import { useToothWords } from "#components/prescription/use-tooth-words.ts";
import { Moment } from "#components/ui/moment.tsx";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { INBOX_COLUMNS, type InboxColumn } from "#lib/preferences/preference-values.ts";
import { CasePicture } from "./case-picture.tsx";
import { ContradictionMark } from "./contradiction-mark.tsx";
import { DueDate } from "./due-date.tsx";
import { Completeness, ScanCount, SourceMarks } from "./order-marks.tsx";
import { StatusBadge, shownStatus } from "./order-status-badge.tsx";
import { TeamTags } from "./team-tags.tsx";

/**
 * Width of each column; for those of the usual set, the width of the list from which it is shown: what tells orders apart stays
 * longest, and the greedy column always keeps room for its words, later for words and tooth strip.
 */
export const COLUMN_LOOKS: Record<InboxColumn, { width: number; usual: string | null; align?: string }> = {
  status: { width: 148, usual: "" },
  vendor: { width: 56, usual: "" },
  picture: { width: 64, usual: "hidden @[71rem]:table-cell" },
  number: { width: 76, usual: "hidden @[67rem]:table-cell" },
  case: { width: 144, usual: "" },
  clinic: { width: 148, usual: "hidden @4xl:table-cell" },
  restorations: { width: 250, usual: "hidden @[46rem]:table-cell" },
  material: { width: 124, usual: "hidden @[84rem]:table-cell" },
  received: { width: 90, usual: "", align: "text-right" },
  due: { width: 136, usual: "", align: "text-right" },
  completeness: { width: 72, usual: "hidden @[95rem]:table-cell", align: "text-center" },
  scans: { width: 76, usual: "hidden @[76rem]:table-cell", align: "text-right" },
  assignee: { width: 104, usual: "hidden @[95rem]:table-cell" },
  tags: { width: 140, usual: null },
  age: { width: 84, usual: null, align: "text-right" },
};

/** The columns of a member who chose none. */
export const USUAL_COLUMNS: readonly InboxColumn[] = INBOX_COLUMNS.filter((name) => COLUMN_LOOKS[name].usual !== null);

/** The column that takes what is left of the width. */
export const GREEDY_COLUMN: InboxColumn = "restorations";

/** Columns that the API can sort by. */
export const SORTABLE = {
  received: "receivedAt",
  due: "dueOn",
  number: "number",
  age: "vendorUpdatedAt",
  clinic: "clinic",
} as const;

/** What stands in each column; the server sorts, filters and pages. */
export const CELLS: Record<InboxColumn, (order: OrderView) => ReactNode> = {
  status: (order) => <StatusBadge status={shownStatus(order)} vendorStatus={order.vendorStatus} />,
  vendor: (order) => <SourceMarks order={order} />,
  picture: (order) => <CasePicture order={order} className="max-h-7 max-w-[42px]" />,
  number: ({ number }) => <span className="font-mono text-xs">{number}</span>,
  case: (order) => <CaseName order={order} />,
  clinic: (order) => <OtherSide order={order} />,
  restorations: (order) => (
    <span className="flex items-center gap-2.5">
      <span className="hidden shrink-0 @5xl:block">
        <ToothStrip restorations={order.restorations} />
      </span>
      <span className="truncate">
        <Restorations order={order} withoutMaterial />
      </span>
    </span>
  ),
  material: (order) => <MaterialAndShade order={order} />,
  received: ({ receivedAt }) => <Moment at={receivedAt} className="whitespace-nowrap" narrow />,
  due: (order) => <DueDate order={order} countdown />,
  completeness: (order) => <Completeness order={order} />,
  scans: ({ scans }) => <ScanCount scans={scans} />,
  assignee: ({ assignee }) => assignee?.name ?? <span className="text-muted">–</span>,
  tags: ({ teamTags }) => (teamTags.length > 0 ? <TeamTags tags={teamTags} /> : <span className="text-muted">–</span>),
  age: ({ syncedAt }) => <Moment at={syncedAt} className="whitespace-nowrap text-muted" narrow />,
};

/** What a column is called, on its head and where it is chosen. */
export const COLUMN_TITLES = {
  status: "columnStatus",
  vendor: "columnVendor",
  picture: "columnPicture",
  number: "columnNumber",
  case: "columnCase",
  clinic: "columnClinic",
  restorations: "columnRestorations",
  material: "columnMaterial",
  received: "columnReceived",
  due: "columnDue",
  completeness: "columnCompleteness",
  scans: "columnScans",
  assignee: "columnAssignee",
  tags: "columnTags",
  age: "columnAge",
} as const satisfies Record<InboxColumn, string>;

/** The head of a column; a lab looks for the clinic, a clinic for the lab. */
export function ColumnHead({ name }: { name: InboxColumn }) {
  const t = useTranslations("orders");
  const isLab = useMember().organisationKind === "lab";
  const title = t(name === "clinic" && !isLab ? "columnLab" : COLUMN_TITLES[name]);
  return name === "picture" ? <span className="sr-only">{title}</span> : title;
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

export function Restorations({
  order,
  withoutMaterial,
}: {
  order: Pick<OrderView, "restorations" | "contradictionCount">;
  withoutMaterial?: boolean;
}) {
  const { what, materials } = useToothWords().summary(order.restorations);
  if (!what) return <span className="text-muted">–</span>;
  return (
    <span title={[what, materials].filter(Boolean).join(" · ")}>
      <ContradictionMark count={order.contradictionCount} />
      {what}
      {materials && !withoutMaterial && <span className="text-muted"> · {materials}</span>}
    </span>
  );
}

function MaterialAndShade({ order }: { order: Pick<OrderView, "restorations"> }) {
  const { materials, shades } = useToothWords().summary(order.restorations);
  if (!materials && !shades) return <span className="text-muted">–</span>;
  return (
    <span title={[materials, shades].filter(Boolean).join(" · ")}>
      {materials}
      {materials && shades && <span className="text-muted"> · </span>}
      {shades && <span className="font-medium">{shades}</span>}
    </span>
  );
}
