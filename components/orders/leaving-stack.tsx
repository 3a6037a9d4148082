"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { fetchApi } from "#components/api/fetch-api.ts";
import { KeyCaps } from "#components/keyboard/key-caps.tsx";
import { useShortcuts } from "#components/keyboard/use-shortcuts.ts";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { keyOfAction } from "#lib/keyboard/keyboard-actions.ts";
import type { DecisionView } from "#lib/orders/order-schema.ts";
import { decisionKeys } from "./decisions-queries.ts";
import { forgetLeaving, type LeavingDecision, tellTakenBack } from "./leaving-decisions.ts";
import { orderKeys } from "./orders-queries.ts";

/** More would cover what is worked on; the others are taken back with the key all the same, newest first. */
const SHOWN = 2;

/** Decisions that have not left yet: each with its countdown and a way back. The member's key takes the newest one back. */
export function LeavingStack({ leaving }: { leaving: readonly LeavingDecision[] }) {
  const undo = useUndo();
  const newest = leaving.at(-1);
  useShortcuts({ undoDecision: newest && (() => undo(newest)) });
  return leaving
    .slice(-SHOWN)
    .map((one) => <Leaving key={one.decision.id} leaving={one} isNewest={one === newest} onUndo={() => undo(one)} />);
}

function Leaving({ leaving, isNewest, onUndo }: { leaving: LeavingDecision; isNewest: boolean; onUndo: () => void }) {
  const t = useTranslations("decisions");
  const { preferences } = usePreferences();
  const { decision, number, vendor } = leaving;
  const seconds = useSecondsUntil(leaving.until);
  return (
    <div className="appear pointer-events-auto flex max-w-full items-center gap-3 rounded-lg border bg-raised py-2 pr-2 pl-3 shadow-(color:--shadow) shadow-lg">
      <div className="min-w-0">
        <p className="truncate font-medium">{t("leaving", { kind: decision.kind, number })}</p>
        <p className="text-muted text-sm">
          <span aria-hidden className="tabular-nums">
            {t("leavesIn", { seconds })}
          </span>
          {!decision.recordedOnly && <span className="max-sm:hidden"> · {t("afterThat", { vendor })}</span>}
        </p>
      </div>
      <Button onClick={onUndo}>
        <Undo2 aria-hidden className="size-4" />
        {t("undo")}
        {isNewest && (
          <span aria-hidden className="max-sm:hidden">
            <KeyCaps name={keyOfAction("undoDecision", preferences.shortcuts)} />
          </span>
        )}
      </Button>
    </div>
  );
}

/** Whole seconds until an instant of this clock (epoch ms), asked again four times a second. */
function useSecondsUntil(until: number): number {
  const left = useCallback(() => Math.max(0, Math.ceil((until - Date.now()) / 1_000)), [until]);
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  }, [left]);
  return seconds;
}

/** Takes a decision back and says whether that came in time. */
function useUndo(): (leaving: LeavingDecision) => void {
  const t = useTranslations("decisions");
  const toast = useToast();
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ decision }: LeavingDecision) =>
      fetchApi<DecisionView>(`/api/decisions/${decision.id}/undo`, { method: "POST" }),
    onMutate: ({ decision }) => forgetLeaving(decision.id),
    onSuccess: (decision, { number }) => {
      queryClient.setQueryData(decisionKeys.one(decision.id), decision);
      tellTakenBack(decision);
      toast("success", t("undone", { number }));
    },
    onError: (_error, { number }) => toast("problem", t("undoLeft", { number })),
    onSettled: (_answer, _error, { decision }) =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: orderKeys.one(decision.orderId) }),
        queryClient.invalidateQueries({ queryKey: orderKeys.lists }),
      ]),
  });
  return mutate;
}
