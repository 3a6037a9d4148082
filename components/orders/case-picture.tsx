import { classNames } from "#components/ui/class-names.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";

/** A case at a glance. Takes its place whether or not there is a picture, so that nothing moves when it comes. */
export function CasePicture({ order, className }: { order: Pick<OrderView, "thumbnail">; className?: string }) {
  return (
    <span aria-hidden className={classNames("block h-8 w-12 shrink-0", className)}>
      {order.thumbnail && (
        // biome-ignore lint/performance/noImgElement: already made in the size it is shown, behind the session's door
        <img
          src={order.thumbnail}
          alt=""
          width={48}
          height={32}
          loading="lazy"
          decoding="async"
          className="size-full"
        />
      )}
    </span>
  );
}
