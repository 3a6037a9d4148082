"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/portal/confirm-dialog.tsx";
import { useMay } from "#components/portal/member-context.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { AppointmentLinkView } from "#lib/appointments/appointment-schema.ts";
import { appointmentKeys, deleteRecording, recordingAddress } from "./appointments-queries.ts";

/** The dictation, played from the practice; whoever may can delete it there, and is asked once more. */
export function Dictation({ orderId, link }: { orderId: string; link: AppointmentLinkView }) {
  const t = useTranslations("appointments");
  const [failed, setFailed] = useState(false);
  const mayPlay = useMay("download");
  if (!mayPlay) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="font-medium text-sm">{t("dictation")}</h3>
      <div className="flex items-center gap-1">
        {/* biome-ignore lint/a11y/useMediaCaption: what is said stands beside it as text, where the practice has transcribed it */}
        <audio
          controls
          preload="none"
          src={recordingAddress(orderId)}
          aria-label={t("playDictation")}
          onError={() => setFailed(true)}
          className="h-10 min-w-0 flex-1"
        />
        <DeleteDictation orderId={orderId} vendor={link.vendorName} />
      </div>
      {failed && <p className="text-rejected text-sm">{t("dictationFailed")}</p>}
    </div>
  );
}

function DeleteDictation({ orderId, vendor }: { orderId: string; vendor: string }) {
  const t = useTranslations("appointments");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const mayDecide = useMay("decide");
  const remove = useMutation({
    mutationFn: () => deleteRecording(orderId),
    onSuccess: async () => {
      setAsking(false);
      toast("success", t("dictationDeleted"));
      await queryClient.invalidateQueries({ queryKey: appointmentKeys.notes(orderId) });
    },
  });
  if (!mayDecide) return null;
  return (
    <>
      <IconButton label={t("deleteDictation")} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
      {asking && (
        <ConfirmDialog
          title={t("deleteDictationTitle")}
          text={t("deleteDictationText", { vendor })}
          action={t("deleteForGood")}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
