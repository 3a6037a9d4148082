"use client";
import { type RefObject, useEffect } from "react";
import type { TakeSnapshot } from "./stage/snapshot.tsx";

/** The viewers on the page, by order: whoever wants a picture of the scans asks for it here. */
const stages = new Map<string, RefObject<TakeSnapshot | null>>();

/** Lets others take a picture of this order's stage while it is on the page. */
export function useOfferPicture(orderId: string | null, take: RefObject<TakeSnapshot | null>): void {
  useEffect(() => {
    if (orderId === null) return;
    stages.set(orderId, take);
    return () => {
      if (stages.get(orderId) === take) stages.delete(orderId);
    };
  }, [orderId, take]);
}

/** What stands on the stage of an order now, as PNG; null where no scans are on the screen. */
export async function takePictureOf(orderId: string): Promise<Blob | null> {
  return (await stages.get(orderId)?.current?.()) ?? null;
}
