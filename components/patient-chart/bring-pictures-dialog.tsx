"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Image, LayoutGrid } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { orderKeys } from "#components/orders/orders-queries.ts";
import { useAttachable } from "#components/orders/use-attachable.ts";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { useToothWords } from "#components/prescription/use-tooth-words.ts";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ChartPicture } from "#lib/documents/document-schema.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { isFdi } from "#lib/teeth/tooth.ts";
import { bringPictures, picturesQuery } from "./patient-chart-queries.ts";

const idOf = ({ kind, key }: Pick<ChartPicture, "kind" | "key">) => `${kind} ${key}`;

/** Images and mounts of the patient; the chosen ones become attachments of the order and of the case at its vendor. */
export function BringPicturesDialog({ order, onClose }: { order: OrderDetailView; onClose: () => void }) {
  const t = useTranslations("patientChart");
  const ui = useTranslations("ui");
  const toast = useToast();
  const queryClient = useQueryClient();
  const attachable = useAttachable(order);
  const { data, error, isPending } = useQuery(picturesQuery(order.id));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const bring = useMutation({
    mutationFn: () =>
      bringPictures(
        order.id,
        (data?.items ?? []).filter((one) => chosen.includes(idOf(one))).map(({ kind, key }) => ({ kind, key })),
      ),
    onSuccess: () => {
      toast("success", t("brought", { count: chosen.length, vendor: order.vendorName }));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) }),
  });
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("bringTitle")}
      description={t(attachable ? "bringLead" : "bringUnavailable", { vendor: order.vendorName })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            look="primary"
            disabled={!attachable || chosen.length === 0}
            busy={bring.isPending}
            onClick={() => bring.mutate()}
          >
            {t("bringNow", { count: chosen.length })}
          </Button>
        </>
      }
    >
      <div className="mt-4">
        {isPending && <GridSkeleton label={t("askingPictures")} />}
        {data?.items.length === 0 && (
          <p className="rounded-lg bg-sunken px-3 py-6 text-center text-muted text-sm">{t("noPictures")}</p>
        )}
        {data && data.items.length > 0 && (
          <ul className="grid grid-cols-2 gap-2 sm:grid-cols-4">
            {data.items.map((picture) => (
              <Picture
                key={idOf(picture)}
                picture={picture}
                chosen={chosen.includes(idOf(picture))}
                onToggle={() => toggle(idOf(picture))}
              />
            ))}
          </ul>
        )}
        {(bring.error ?? error) && (
          <Notice tone="problem" className="mt-3">
            <ProblemText error={bring.error ?? error} />
          </Notice>
        )}
      </div>
    </Dialog>
  );
}

function Picture({ picture, chosen, onToggle }: { picture: ChartPicture; chosen: boolean; onToggle: () => void }) {
  const t = useTranslations("patientChart");
  const format = useFormatter();
  const words = useToothWords();
  const Icon = picture.kind === "mount" ? LayoutGrid : Image;
  const teeth = picture.teeth.filter(isFdi);
  return (
    <li>
      <label
        className={classNames(
          "relative block cursor-pointer overflow-hidden rounded-lg border hover:border-line-strong",
          chosen && "border-accent ring-2 ring-accent/40",
        )}
      >
        <input
          type="checkbox"
          checked={chosen}
          onChange={onToggle}
          className="absolute top-2 left-2 size-4 accent-(--accent)"
        />
        <span className="grid aspect-square place-items-center bg-sunken text-muted">
          {picture.thumbnail ? (
            // biome-ignore lint/performance/noImgElement: a thumbnail of 100 × 100 inside the answer
            <img src={picture.thumbnail} alt="" className="h-full w-full object-cover" />
          ) : (
            <Icon aria-hidden className="size-7" />
          )}
        </span>
        <span className="block px-2 py-1.5 text-xs">
          <span className="block truncate font-medium">{picture.description || t("unnamed")}</span>
          <span className="block truncate text-muted">
            {picture.kind === "mount" ? t("mount") : picture.category}
            {picture.createdAt && ` · ${format.dateTime(new Date(picture.createdAt), { dateStyle: "short" })}`}
          </span>
          <span className="block min-h-4 truncate text-muted">{teeth.length > 0 && words.marked(teeth)}</span>
        </span>
      </label>
    </li>
  );
}

function GridSkeleton({ label }: { label: string }) {
  return (
    <div aria-busy>
      <p className="mb-2 text-muted text-sm">{label}</p>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {["first", "second", "third", "fourth"].map((place) => (
          <Skeleton key={place} className="aspect-[4/5] w-full rounded-lg" />
        ))}
      </div>
    </div>
  );
}
