"use client";
import { ArrowLeft, ArrowRight, Check, CirclePause, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { KeyCaps } from "#components/keyboard/key-caps.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { type KeyboardActionId, keyOfAction } from "#lib/keyboard/keyboard-actions.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { REASON_GROUPS } from "#lib/reasons/reason-codes.ts";
import type { Outcome } from "./use-outcomes.ts";

type Props = {
  order: OrderView;
  outcome: Outcome | undefined;
  rejecting: boolean;
  onAccept: () => void;
  onReject: () => void;
  onReason: (digit: string) => void;
  onHold: (() => void) | undefined;
  onSkip: () => void;
  onBack: (() => void) | undefined;
};

/** All five stand in one line of a phone, in German too. */
const NARROW = "max-sm:px-3";

/** The decisions with their keys; a rejection asks for its reason, which is one more key. */
export function TriageActions(props: Props) {
  const t = useTranslations("triage");
  const decisions = useTranslations("decisions");
  const reasons = useTranslations("reasons");
  const holds = useTranslations("holds");
  const { order, rejecting } = props;
  const isOpen = props.outcome === undefined || props.outcome === "skipped";
  return (
    <footer className="shrink-0 border-t bg-raised px-4 py-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))] sm:px-5">
      {rejecting && (
        <fieldset className="mb-2.5 flex flex-wrap gap-2">
          <legend className="mb-1.5 text-muted text-sm">{decisions("reason")}</legend>
          {REASON_GROUPS.map((group, i) => (
            <Button key={group} onClick={() => props.onReason(String(i + 1))}>
              <KeyCaps name={String(i + 1)} />
              {reasons(`groups.${group}`)}
            </Button>
          ))}
        </fieldset>
      )}
      <div className="flex flex-wrap items-center gap-2 max-sm:justify-between">
        <Button size="large" className={NARROW} onClick={props.onBack} disabled={!props.onBack}>
          <ArrowLeft aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{t("back")}</span>
          <Key of="previousOrder" />
        </Button>
        <span className="flex-1 max-sm:hidden" />
        <Button
          size="large"
          className={NARROW}
          onClick={props.onReject}
          aria-expanded={rejecting}
          disabled={!isOpen || !order.actions.includes("reject")}
        >
          <X aria-hidden className="size-4 max-sm:hidden" />
          {decisions("rejectShort")}
          <Key of="rejectOrder" />
        </Button>
        <Button
          size="large"
          look="primary"
          className={NARROW}
          onClick={props.onAccept}
          disabled={!isOpen || !order.actions.includes("accept")}
        >
          <Check aria-hidden className="size-4 max-sm:hidden" />
          {decisions("acceptShort")}
          <Key of="acceptOrder" />
        </Button>
        <span className="flex-1 max-sm:hidden" />
        <Button size="large" className={NARROW} onClick={props.onHold} disabled={!props.onHold}>
          <CirclePause aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{holds("hold")}</span>
          <Key of="holdOrder" />
        </Button>
        <Button size="large" className={NARROW} onClick={props.onSkip}>
          <span className="max-sm:sr-only">{t("skip")}</span>
          <ArrowRight aria-hidden className="size-4" />
          <Key of="nextOrder" />
        </Button>
      </div>
    </footer>
  );
}

function Key({ of }: { of: KeyboardActionId }) {
  const { preferences } = usePreferences();
  return (
    <span className="text-text max-sm:hidden">
      <KeyCaps name={keyOfAction(of, preferences.shortcuts)} />
    </span>
  );
}
