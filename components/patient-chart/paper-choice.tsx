"use client";
import { Camera, FileText, Truck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { takePictureOf } from "#components/scan-viewer/picture-of-stage.ts";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { KIND_WORDS } from "./filings-list.tsx";

export type Paper = {
  kind: keyof typeof KIND_WORDS;
  /** Null where the portal has the paper, or makes it. */
  file: File | null;
  isReady: boolean;
};

const KINDS = [
  { kind: "order_form", Icon: FileText },
  { kind: "picture", Icon: Camera },
  { kind: "delivery_note", Icon: Truck },
] as const;

type Props = { order: OrderDetailView; paper: Paper; onChange: (paper: Paper) => void };

export function PaperChoice({ order, paper, onChange }: Props) {
  const t = useTranslations("patientChart");
  return (
    <div>
      <fieldset className="grid grid-cols-1 gap-2 sm:grid-cols-3">
        <legend className="mb-1 font-medium text-sm">{t("paper")}</legend>
        {KINDS.map(({ kind, Icon }) => (
          <label
            key={kind}
            className={classNames(
              "flex min-h-10 cursor-pointer items-center gap-2 rounded-lg border px-3 py-2 text-sm hover:bg-hover",
              paper.kind === kind && "border-accent bg-selected font-medium",
            )}
          >
            <input
              type="radio"
              name="paper"
              checked={paper.kind === kind}
              onChange={() => onChange({ kind, file: null, isReady: kind !== "picture" })}
              className="size-4 accent-(--accent)"
            />
            <Icon aria-hidden className="size-4 shrink-0 text-muted" />
            {t(KIND_WORDS[kind])}
          </label>
        ))}
      </fieldset>
      {paper.kind === "picture" ? (
        <ScanPicture orderId={order.id} paper={paper} onChange={onChange} />
      ) : (
        <OwnPaper order={order} paper={paper} onChange={onChange} />
      )}
    </div>
  );
}

/** What stands on the viewer's stage now, taken when the choice is made and again when asked for. */
function ScanPicture({ orderId, paper, onChange }: Omit<Props, "order"> & { orderId: string }) {
  const t = useTranslations("patientChart");
  const [missing, setMissing] = useState(false);
  const [address, setAddress] = useState<string | null>(null);
  const tell = useRef(onChange);
  tell.current = onChange;
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn is the wish for a new picture
  useEffect(() => {
    let isOver = false;
    takePictureOf(orderId).then((picture) => {
      if (isOver) return;
      setMissing(!picture);
      const file = picture && new File([picture], "scans.png", { type: "image/png" });
      tell.current({ kind: "picture", file, isReady: file !== null });
    });
    return () => {
      isOver = true;
    };
  }, [orderId, turn]);
  useEffect(() => {
    const shown = paper.file ? URL.createObjectURL(paper.file) : null;
    setAddress(shown);
    return () => {
      if (shown) URL.revokeObjectURL(shown);
    };
  }, [paper.file]);
  return (
    <div className="mt-3 flex items-start gap-3">
      <div className="relative h-32 w-48 shrink-0 overflow-hidden rounded-lg border bg-stage">
        {/* biome-ignore lint/performance/noImgElement: a picture that is only in this browser */}
        {address && <img src={address} alt={t("pictureAlt")} className="absolute inset-0 size-full object-contain" />}
      </div>
      <div className="text-muted text-sm">
        <p className={missing ? "text-pending" : undefined}>{t(missing ? "pictureMissing" : "pictureLead")}</p>
        <Button size="small" className="mt-2" onClick={() => setTurn(turn + 1)}>
          {t("pictureAgain")}
        </Button>
      </div>
    </div>
  );
}

/** The vendor's order form, or a PDF of one's own. */
function OwnPaper({ order, paper, onChange }: Props) {
  const t = useTranslations("patientChart");
  const field = useRef<HTMLInputElement>(null);
  const isVendors = paper.kind === "order_form" && order.files.some(({ kind }) => kind === "order_form");
  const source = paper.file?.name ?? t(isVendors ? "formOfVendor" : "madeHere", { vendor: order.vendorName });
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-muted text-sm">
      <span className="min-w-0 flex-1 truncate">{source}</span>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={t("ownFile")}
        accept="application/pdf,image/png,image/jpeg"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onChange({ ...paper, file, isReady: true });
          event.target.value = "";
        }}
      />
      <Button size="small" look="quiet" onClick={() => field.current?.click()}>
        {t("ownFile")}
      </Button>
    </div>
  );
}
