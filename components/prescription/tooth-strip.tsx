import type { Restoration } from "#lib/orders/order-schema.ts";
import { type RestorationKind, restorationKind } from "#lib/orders/restoration-kind.ts";
import { summariseRestorations } from "#lib/orders/summarise-restorations.ts";
import { DECIDUOUS_TEETH, type Fdi, isFdi, jawOf, PERMANENT_TEETH } from "#lib/teeth/tooth.ts";
import { STRIP_ROW, STRIP_STEP, stripPlace } from "./strip-place.ts";

const WIDTH = 16 * STRIP_STEP;
const HEIGHT = 2 * STRIP_ROW + 4;
const PERMANENT: readonly Fdi[] = PERMANENT_TEETH;
const DECIDUOUS: readonly Fdi[] = DECIDUOUS_TEETH;

/** Where in the mouth the work is, at a glance: ordered teeth filled by kind, bridges barred. The words beside it say the same. */
export function ToothStrip({ restorations }: { restorations: readonly Restoration[] }) {
  const kinds = new Map<Fdi, RestorationKind>();
  for (const restoration of restorations) {
    const fdi = restoration.tooth?.fdi ?? 0;
    if (isFdi(fdi)) kinds.set(fdi, restorationKind(restoration));
  }
  const { bridges } = summariseRestorations(restorations);
  const teeth = [...PERMANENT, ...DECIDUOUS.filter((fdi) => kinds.has(fdi))];
  return (
    <svg aria-hidden width={WIDTH} height={HEIGHT} viewBox={`0 -2 ${WIDTH} ${HEIGHT}`} className="shrink-0">
      {kinds.size > 0 &&
        teeth.map((fdi) => {
          const kind = kinds.get(fdi);
          const { x, y } = stripPlace(fdi);
          return (
            <rect
              key={fdi}
              x={x + 0.5}
              y={y + 0.75}
              width={STRIP_STEP - 1}
              height={STRIP_ROW - 1.5}
              rx={1.25}
              style={{ fill: kind ? `var(--tooth-${kind})` : "var(--border)" }}
            />
          );
        })}
      {bridges.map((bridge) => (
        <BridgeBar key={bridge.join()} teeth={bridge} />
      ))}
    </svg>
  );
}

function BridgeBar({ teeth }: { teeth: readonly Fdi[] }) {
  const xs = teeth.map((fdi) => stripPlace(fdi).x);
  const first = Math.min(...xs);
  const y = jawOf(teeth[0]!) === "upper" ? -1.25 : 2 * STRIP_ROW;
  return (
    <rect x={first} y={y} width={Math.max(...xs) - first + STRIP_STEP} height={1.25} style={{ fill: "var(--text)" }} />
  );
}
