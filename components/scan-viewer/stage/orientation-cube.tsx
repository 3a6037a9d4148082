import { useEffect, useRef } from "react";
import { type Quaternion, Vector3 } from "three";
import { useTranslations } from "use-intl";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import type { Signal } from "../signal.ts";
import type { StandardView } from "../standard-views.ts";

const SIDE_PIXELS = 46;

/** What is written on a side is left out when it is turned away further than this (cosine): it would be a smear. */
const LEGIBLE = 0.4;

/** The sides of the cube: what is written on each, where it is (`out`, in the cube's axes), and the view that it stands for. */
const SIDES = [
  { name: "front", view: "front", turn: "", out: [0, 0, 1] },
  { name: "back", view: "back", turn: "rotateY(180deg)", out: [0, 0, -1] },
  { name: "R", view: "right", turn: "rotateY(-90deg)", out: [-1, 0, 0] },
  { name: "L", view: "left", turn: "rotateY(90deg)", out: [1, 0, 0] },
  { name: "top", view: "lower", turn: "rotateX(90deg)", out: [0, -1, 0] },
  { name: "bottom", view: "upper", turn: "rotateX(-90deg)", out: [0, 1, 0] },
] as const satisfies readonly { name: string; view: StandardView; turn: string; out: readonly number[] }[];

/**
 * A cube that turns with the case, the patient's right and left written on it; a click on a side looks from there. Plain HTML
 * over the canvas: sharp, and the scene does not pay for it. The same views are in the toolbar, so the keyboard passes it by.
 */
export function OrientationCube(props: {
  orientation: Orientation;
  rotation: Signal<Quaternion | null>;
  onView: (view: StandardView) => void;
}) {
  const t = useTranslations("scanViewer.cube");
  const views = useTranslations("scanViewer.views");
  const { orientation, rotation } = props;
  const cube = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const turn = () => {
      const at = rotation.get();
      if (!cube.current || !at) return;
      const axes = axesOnScreen(orientation, at);
      cube.current.style.transform = cubeTransform(axes);
      for (const [i, { out }] of SIDES.entries()) {
        const facing = out.reduce<number>((sum, share, axis) => sum + share * (axes[axis]?.z ?? 0), 0);
        const side = cube.current.children[i];
        if (side instanceof HTMLElement) side.style.color = facing < LEGIBLE ? "transparent" : "";
      }
    };
    turn();
    return rotation.subscribe(turn);
  }, [orientation, rotation]);
  return (
    <fieldset
      aria-label={t("label")}
      className="absolute top-6 right-6 m-0 border-0 p-0 drop-shadow-[0_0_1px_rgb(255_255_255/0.7)]"
      style={{ width: SIDE_PIXELS, height: SIDE_PIXELS }}
    >
      <div ref={cube} className="relative h-full w-full [transform-style:preserve-3d]">
        {SIDES.map(({ name, view, turn }) => (
          <button
            key={name}
            type="button"
            tabIndex={-1}
            aria-label={views(`${view}Hint`)}
            title={views(`${view}Hint`)}
            onClick={() => props.onView(view)}
            className="absolute inset-0 grid cursor-pointer place-items-center border border-white/45 bg-[#4a4f55]/90 font-semibold text-[11px] text-white/95 [backface-visibility:hidden] hover:bg-accent"
            style={{ transform: `${turn} translateZ(${SIDE_PIXELS / 2}px)` }}
          >
            {name === "R" || name === "L" ? <span className="text-lg">{name}</span> : t(name)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** Where the cube's own axes (to the patient's left, downwards, out of the mouth) appear on the screen (right, up, towards the viewer). */
function axesOnScreen({ right, up, anterior }: Orientation, camera: Quaternion): Vector3[] {
  const toScreen = camera.clone().invert();
  const axes = [new Vector3(...right).negate(), new Vector3(...up).negate(), new Vector3(...anterior)];
  return axes.map((axis) => axis.applyQuaternion(toScreen));
}

/** The same as CSS takes it: column by column, y downwards. */
function cubeTransform(axes: readonly Vector3[]): string {
  const columns = axes.map(({ x, y, z }) => [x, -y, z, 0].map((value) => value.toFixed(5)).join());
  return `matrix3d(${columns.join()},0,0,0,1)`;
}
