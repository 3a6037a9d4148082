"use client";
import { useMutation } from "@tanstack/react-query";
import { Box, Download, File, FileText, Paperclip, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { useToast } from "#components/ui/toast.tsx";
import type { OrderFileView } from "#lib/orders/order-schema.ts";
import { formatBytes } from "./format-bytes.ts";
import { retryScan } from "./orders-queries.ts";

const KINDS = {
  scan: { Icon: Box, label: "kindScan" },
  attachment: { Icon: Paperclip, label: "kindAttachment" },
  order_form: { Icon: FileText, label: "kindOrderForm" },
  group_info: { Icon: File, label: "kindGroupInfo" },
} as const;
const STATES = { listed: "fileListed", fetching: "fileFetching", ready: "fileReady", failed: "fileFailed" } as const;
const JAWS = { upper: "jawUpper", lower: "jawLower", bite: "jawBite", other: "jawOther" } as const;

/** One file: what it is, whether it is here, what went wrong, and a way to it. */
export function FileRow({ file, orderId, actions }: { file: OrderFileView; orderId: string; actions?: ReactNode }) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const sentence = useProblemSentence();
  const toast = useToast();
  const mayDownload = useMay("download");
  const retry = useMutation({ mutationFn: retryScan, onError: (error) => toast("problem", sentence(error)) });
  const { Icon, label } = KINDS[file.kind];
  const address = downloadAddress(file, orderId);
  const facts = [
    file.jaw ? t(JAWS[file.jaw]) : t(label),
    file.biteGroup,
    file.bytes !== null &&
      formatBytes(file.bytes, (value, unit) => format.number(value, { style: "unit", unit, maximumFractionDigits: 1 })),
    file.kind === "scan" && t(STATES[file.state]),
  ].filter(Boolean);
  return (
    <li className="flex min-h-12 items-center gap-2.5 border-b py-1.5 last:border-0">
      <Icon
        aria-hidden
        className={classNames("size-4 shrink-0", file.state === "failed" ? "text-rejected" : "text-muted")}
      />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm" title={file.name}>
          {file.name}
        </p>
        <p className={classNames("text-xs", file.state === "fetching" ? "text-production" : "text-muted")}>
          {facts.join(" · ")}
        </p>
        {file.problem && <p className="mt-0.5 text-rejected text-xs text-pretty">{sentence(file.problem)}</p>}
      </div>
      {file.state === "failed" && file.scanId && (
        <IconButton label={t("retryFile")} busy={retry.isPending} onClick={() => retry.mutate(file.scanId!)}>
          <RotateCw aria-hidden className="size-4" />
        </IconButton>
      )}
      {mayDownload && address && (
        <IconButton label={t("download", { name: file.name })} asChild>
          <a href={address} download>
            <Download aria-hidden className="size-4" />
          </a>
        </IconButton>
      )}
      {actions}
    </li>
  );
}

/** Where the file can be had; null while the portal has no way to it. */
function downloadAddress(file: OrderFileView, orderId: string): string | null {
  if (file.kind === "order_form") return `/api/orders/${orderId}/order-form`;
  if (file.kind === "attachment") return `/api/orders/${orderId}/files/${file.id}`;
  if (file.scanId && file.state !== "listed" && file.state !== "fetching")
    return `/api/scans/${file.scanId}/download?format=original`;
  return null;
}
