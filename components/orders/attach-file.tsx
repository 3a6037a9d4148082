"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, Paperclip, Upload } from "lucide-react";
import { useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { attachFile, orderKeys, orderUploadsQuery } from "./orders-queries.ts";
import { useAttachable } from "./use-attachable.ts";

/** Adds a file to the case at the vendor; only where the connection can. */
export function AttachFile({ order }: { order: OrderDetailView }) {
  const t = useTranslations("orders");
  const toast = useToast();
  const sentence = useProblemSentence();
  const queryClient = useQueryClient();
  const attachable = useAttachable(order);
  const field = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const format = useFormatter();
  const attach = useMutation({
    mutationFn: (file: File) => attachFile(order.id, file, setShare),
    onMutate: () => setShare(0),
    onSuccess: ({ upload }) =>
      toast("information", t("attachRequested", { name: upload.name, vendor: order.vendorName })),
    onError: (error) => toast("problem", sentence(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) }),
  });
  if (!attachable) return null;
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) attach.mutate(file);
          event.target.value = "";
        }}
      />
      <Button size="small" busy={attach.isPending} onClick={() => field.current?.click()}>
        <Paperclip aria-hidden className="size-3.5" />
        {attach.isPending ? (
          <span role="progressbar" aria-label={t("sendingFile")} aria-valuenow={Math.round(share * 100)}>
            {t("sendingShare", { share: format.number(share, { style: "percent" }) })}
          </span>
        ) : (
          t("attachFile")
        )}
      </Button>
    </>
  );
}

const STATES = {
  waiting: "uploadWaiting",
  sending: "uploadSending",
  processing: "uploadProcessing",
  failed: "uploadFailed",
} as const;

/** Files that the vendor does not list yet, and those that did not get there. */
export function FilesOnTheirWay({ orderId }: { orderId: string }) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const sentence = useProblemSentence();
  const { data } = useQuery(orderUploadsQuery(orderId));
  return data?.items.map(({ id, name, state, problem, sentBytes, bytes }) => {
    if (state === "listed") return null;
    const failed = state === "failed";
    const share = state === "sending" ? sentBytes / Math.max(bytes, 1) : 0;
    const Icon = failed ? CircleAlert : Upload;
    return (
      <li key={id} className="flex min-h-12 items-center gap-2.5 border-b py-1.5">
        <Icon aria-hidden className={`size-4 shrink-0 ${failed ? "text-rejected" : "text-production"}`} />
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm">{name}</p>
          <p className={`flex items-center gap-2 text-xs ${failed ? "text-rejected" : "text-production"}`}>
            {t(STATES[state])}
            {share > 0 && (
              <>
                <progress
                  aria-label={t("sendingFile")}
                  value={share}
                  className="h-1 w-24 overflow-hidden rounded-full bg-sunken accent-(--accent)"
                />
                <span className="tabular-nums">{format.number(share, { style: "percent" })}</span>
              </>
            )}
            {problem && ` · ${sentence(problem)}`}
          </p>
        </div>
      </li>
    );
  });
}
