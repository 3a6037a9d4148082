import { type Signal, useSignal } from "#components/scan-viewer/signal.ts";
import { chooseScale } from "./choose-scale.ts";

/** A ruler in the corner: parallel projection has one scale for the whole picture. */
export function ScaleBar({ pixelsPerMm }: { pixelsPerMm: Signal<number> }) {
  const { mm, pixels } = chooseScale(useSignal(pixelsPerMm));
  return (
    <div aria-hidden className="pointer-events-none absolute bottom-3 left-3 text-(--stage-foreground) opacity-80">
      <div className="text-center text-[11px] leading-4 tabular-nums" style={{ width: pixels }}>
        {mm} mm
      </div>
      <div className="h-1.5 border-current border-x border-b" style={{ width: pixels }} />
    </div>
  );
}
