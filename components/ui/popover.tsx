"use client";
import { lazy } from "react";
import { OnDemand } from "./on-demand.tsx";
import type { PopoverProps } from "./popover-parts.tsx";

// Loaded when somebody reaches for it, as menus are.
const load = () => import("./popover-parts.tsx");
const OpenPopover = lazy(() => load().then((parts) => ({ default: parts.OpenPopover })));

export const PopoverClose = lazy(() => load().then((parts) => ({ default: parts.PopoverClose })));

export function Popover(props: PopoverProps) {
  return (
    <OnDemand popup="dialog" trigger={props.trigger} load={load}>
      <OpenPopover {...props} />
    </OnDemand>
  );
}
