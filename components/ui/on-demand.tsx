"use client";
import { Slot } from "radix-ui";
import { type ReactElement, type ReactNode, Suspense, useState } from "react";

/**
 * A button whose menu or panel is loaded when it is wanted: ahead when a pointer or the focus arrives, shown on a click or on the
 * arrow key that opens a menu (WAI-ARIA menu button).
 * @param children the same button with its panel open
 */
export function OnDemand(props: {
  popup: "menu" | "dialog";
  trigger: ReactElement;
  load: () => Promise<unknown>;
  children: ReactNode;
}) {
  const [wanted, setWanted] = useState(false);
  const ahead = () => void props.load();
  const face = (
    <Slot.Root
      aria-haspopup={props.popup}
      aria-expanded={false}
      onPointerEnter={ahead}
      onFocus={ahead}
      onClick={() => setWanted(true)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" || props.popup !== "menu") return;
        event.preventDefault();
        setWanted(true);
      }}
    >
      {props.trigger}
    </Slot.Root>
  );
  if (!wanted) return face;
  return <Suspense fallback={face}>{props.children}</Suspense>;
}
