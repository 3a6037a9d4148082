"use client";
import {
  Ban,
  Check,
  CheckCheck,
  CircleDashed,
  CircleX,
  Clock,
  Cog,
  MessageCircleQuestion,
  Truck,
  Undo2,
} from "lucide-react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { OrderStatus, OrderView } from "#lib/orders/order-schema.ts";

type Shown = OrderStatus | "needs_information";

const LOOKS = {
  pending: { Icon: Clock, look: "bg-pending-soft text-pending" },
  needs_information: { Icon: MessageCircleQuestion, look: "bg-information-soft text-information" },
  accepted: { Icon: Check, look: "bg-accepted-soft text-accepted" },
  in_production: { Icon: Cog, look: "bg-production-soft text-production" },
  delivering: { Icon: Truck, look: "bg-production-soft text-production" },
  completed: { Icon: CheckCheck, look: "bg-accepted-soft text-accepted" },
  rejected: { Icon: CircleX, look: "bg-rejected-soft text-rejected" },
  cancelled: { Icon: Ban, look: "bg-cancelled-soft text-cancelled" },
  refunded: { Icon: Undo2, look: "bg-cancelled-soft text-cancelled" },
  other: { Icon: CircleDashed, look: "bg-cancelled-soft text-cancelled" },
} as const satisfies Record<Shown, unknown>;

export function StatusBadge({
  status,
  vendorStatus,
  className,
}: {
  status: Shown;
  vendorStatus?: string;
  className?: string;
}) {
  const t = useTranslations("status");
  const { Icon, look } = LOOKS[status];
  return (
    <span
      className={classNames(
        "inline-flex h-6 items-center gap-1.5 rounded-full pr-2.5 pl-2 font-medium text-xs whitespace-nowrap",
        look,
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.2} />
      {status === "other" && vendorStatus ? vendorStatus : t(status)}
    </span>
  );
}

/** An open question to the clinic is the louder news while an order is still pending. */
export function shownStatus(order: Pick<OrderView, "status" | "infoRequest">): Shown {
  return order.status === "pending" && order.infoRequest === "requested" ? "needs_information" : order.status;
}
