import { useEffect, useRef } from "react";
import { type Quaternion, Vector3 } from "three";
import { useTranslations } from "use-intl";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import type { Signal } from "../signal.ts";
import type { StandardView } from "../standard-views.ts";

const SIDE_PIXELS = 46;

/** The sides of the cube: what is written on each, where it is, and the view that it stands for. */
const SIDES = [
  { name: "front", view: "front", turn: "" },
  { name: "back", view: "back", turn: "rotateY(180deg)" },
  { name: "R", view: "right", turn: "rotateY(-90deg)" },
  { name: "L", view: "left", turn: "rotateY(90deg)" },
  { name: "top", view: "lower", turn: "rotateX(90deg)" },
  { name: "bottom", view: "upper", turn: "rotateX(-90deg)" },
] as const satisfies readonly { name: string; view: StandardView; turn: string }[];

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
      if (cube.current && at) cube.current.style.transform = cubeTransform(orientation, at);
    };
    turn();
    return rotation.subscribe(turn);
  }, [orientation, rotation]);
  return (
    <fieldset
      aria-label={t("label")}
      className="absolute top-6 right-6 m-0 border-0 p-0"
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

/**
 * Where the cube's own axes (to the patient's left, downwards, out of the mouth) appear on the screen (right, down, towards the
 * viewer), as CSS takes it: column by column.
 */
export function cubeTransform({ right, up, anterior }: Orientation, camera: Quaternion): string {
  const toScreen = camera.clone().invert();
  const columns = [new Vector3(...right).negate(), new Vector3(...up).negate(), new Vector3(...anterior)].map(
    (axis) => {
      const { x, y, z } = axis.applyQuaternion(toScreen);
      return [x, -y, z, 0].map((value) => value.toFixed(5)).join();
    },
  );
  return `matrix3d(${columns.join()},0,0,0,1)`;
}
