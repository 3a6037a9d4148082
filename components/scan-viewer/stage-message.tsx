import type { ReactNode } from "react";

/** A word on the stage where there is no picture: what is so, and what happens next. */
export function StageMessage({ title, children }: { title?: string; children?: ReactNode }) {
  return (
    <div className="absolute inset-0 grid place-items-center p-6 text-center text-on-stage">
      <div className="max-w-80">
        {title ? <p className="font-semibold">{title}</p> : null}
        <div className="text-pretty text-sm opacity-85">{children}</div>
      </div>
    </div>
  );
}
