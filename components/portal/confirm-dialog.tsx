"use client";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ProblemText } from "./problem-text.tsx";

/** Asks once more before something ends that cannot be taken back. */
export function ConfirmDialog(props: {
  title: string;
  text: string;
  action: string;
  busy: boolean;
  /** Why it did not work, when whoever asks does not tell it otherwise. */
  error?: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useTranslations("ui");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={props.title}
      description={props.text}
      footer={
        <>
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button look="danger" busy={props.busy} onClick={props.onConfirm}>
            {props.action}
          </Button>
        </>
      }
    >
      {props.error && (
        <Notice tone="problem" className="mt-3">
          <ProblemText error={props.error} />
        </Notice>
      )}
    </Dialog>
  );
}
