import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

const TONES = {
  problem: { look: "bg-rejected-soft text-rejected", Icon: CircleAlert },
  warning: { look: "bg-pending-soft text-pending", Icon: TriangleAlert },
  success: { look: "bg-accepted-soft text-accepted", Icon: CircleCheck },
  information: { look: "bg-production-soft text-production", Icon: Info },
} as const;

/** A sentence beside the thing it is about: what happened, what is safe, what to do. */
export function Notice(props: {
  tone: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  onDismiss?: () => void;
  dismissLabel?: string;
  className?: string;
}) {
  const { look, Icon } = TONES[props.tone];
  return (
    <div
      role={props.tone === "problem" ? "alert" : "status"}
      className={classNames("flex items-start gap-2.5 rounded-lg px-3 py-2.5 text-sm", look, props.className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        {props.title && <p className="font-semibold">{props.title}</p>}
        {props.children && <div className={props.title ? "text-text" : undefined}>{props.children}</div>}
      </div>
      {props.action}
      {props.onDismiss && (
        <button type="button" onClick={props.onDismiss} aria-label={props.dismissLabel} className="rounded p-0.5">
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}
