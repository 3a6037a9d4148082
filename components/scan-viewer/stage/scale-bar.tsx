import { type Signal, useSignal } from "#components/scan-viewer/signal.ts";
import { chooseScale } from "./choose-scale.ts";

/** A ruler in the corner: parallel projection has one scale for the whole picture. */
export function ScaleBar({ pixelsPerMm }: { pixelsPerMm: Signal<number> }) {
  const { mm, pixels } = chooseScale(useSignal(pixelsPerMm));
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute bottom-2 left-2 rounded bg-black/35 px-2 pt-0.5 pb-1.5 text-on-stage"
    >
      <div className="text-center text-[11px] leading-4 tabular-nums" style={{ width: pixels }}>
        {mm} mm
      </div>
      <div className="h-1.5 border-current border-x border-b" style={{ width: pixels }} />
    </div>
  );
}
