import { CHART_WIDTH, chartSize, crownPath, placeTeeth, rootPath, shapeOf } from "#lib/teeth/tooth-geometry.ts";

/** The quiet half of the sign-in page: the two arches the whole product is about. Decorative. */
export function AuthStage({ sentence }: { sentence: string }) {
  const { height } = chartSize(false);
  const places = placeTeeth(false);
  return (
    <aside className="relative hidden items-center justify-center overflow-hidden bg-stage text-on-stage lg:flex">
      <div className="w-full max-w-3xl px-12">
        <svg viewBox={`0 0 ${CHART_WIDTH} ${height}`} aria-hidden className="w-full">
          {places.map((place) => (
            <g
              key={place.fdi}
              transform={`translate(${place.x} ${place.neck})${place.flip ? " scale(1 -1)" : ""}`}
              stroke="currentColor"
              strokeWidth="0.7"
              strokeLinejoin="round"
            >
              <path d={rootPath(shapeOf(place.fdi), place.width, place.root)} fill="none" strokeOpacity="0.28" />
              <path
                d={crownPath(shapeOf(place.fdi), place.width, place.crown)}
                fill="currentColor"
                fillOpacity={place.fdi === 45 || place.fdi === 46 || place.fdi === 47 ? 0.85 : 0.08}
                strokeOpacity="0.55"
              />
            </g>
          ))}
        </svg>
        <p className="mt-8 text-center text-lg opacity-90">{sentence}</p>
      </div>
    </aside>
  );
}
