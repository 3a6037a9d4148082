"use client";
import dynamic from "next/dynamic";
import { Suspense } from "react";
import { useLeaving } from "./leaving-decisions.ts";

const LeavingStack = dynamic(() => import("./leaving-stack.tsx").then((file) => file.LeavingStack));

/** Where decisions wait before they leave; there before the first one, so that a screen reader tells of it. */
export function LeavingRegion() {
  const leaving = useLeaving();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-20 z-50 flex flex-col items-center gap-2 print:hidden"
    >
      <Suspense fallback={null}>{leaving.length > 0 && <LeavingStack leaving={leaving} />}</Suspense>
    </div>
  );
}
