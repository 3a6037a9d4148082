"use client";
import { type ComponentProps, lazy } from "react";
import type { MenuChoiceProps, MenuProps, MenuItem as Part } from "./menu-parts.tsx";
import { OnDemand } from "./on-demand.tsx";

// A page is drawn with its menus closed: what draws an open one is loaded when somebody reaches for it.
const load = () => import("./menu-parts.tsx");
const OpenMenu = lazy(() => load().then((parts) => ({ default: parts.OpenMenu })));
const Choice = lazy(() => load().then((parts) => ({ default: parts.MenuChoice })));
const Item = lazy(() => load().then((parts) => ({ default: parts.MenuItem })));

export const MenuLabel = lazy(() => load().then((parts) => ({ default: parts.MenuLabel })));
export const MenuSeparator = lazy(() => load().then((parts) => ({ default: parts.MenuSeparator })));

export function Menu(props: MenuProps) {
  return (
    <OnDemand popup="menu" trigger={props.trigger} load={load}>
      <OpenMenu {...props} />
    </OnDemand>
  );
}

export function MenuItem(props: ComponentProps<typeof Part>) {
  return <Item {...props} />;
}

/** One of several: the chosen one bears a tick. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  return <Choice {...props} onChange={(value) => props.onChange(value as T)} />;
}
