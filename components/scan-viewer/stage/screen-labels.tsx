import { useFrame } from "@react-three/fiber";
import type { RefObject } from "react";
import type { Vector3 } from "three";

/** The elements that follow points of the scene, by name. */
export type LabelElements = RefObject<Map<string, HTMLElement>>;

/** Puts each label's element where its point appears, in every frame. The elements themselves lie over the canvas. */
export function LabelPlacer({ points, elements }: { points: ReadonlyMap<string, Vector3>; elements: LabelElements }) {
  useFrame(({ camera, size }) => {
    for (const [name, point] of points) {
      const element = elements.current.get(name);
      if (!element) continue;
      const seen = point.clone().project(camera);
      const x = ((seen.x + 1) / 2) * size.width;
      const y = ((1 - seen.y) / 2) * size.height;
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -135%)`;
      element.style.visibility = "visible";
    }
  });
  return null;
}

export interface ScreenLabel {
  name: string;
  text: string;
  at: Vector3;
}

/** The labels themselves: plain HTML, so that they are sharp, in the page's type, and readable by machines. */
export function ScreenLabels({ labels, elements }: { labels: readonly ScreenLabel[]; elements: LabelElements }) {
  return (
    <div className="pointer-events-none absolute inset-0 overflow-hidden">
      {labels.map(({ name, text }) => (
        <span
          key={name}
          ref={(element) => {
            if (element) elements.current.set(name, element);
            return () => {
              elements.current.delete(name);
            };
          }}
          className="invisible absolute top-0 left-0 max-w-40 truncate rounded bg-black/70 px-1.5 py-0.5 font-medium text-white text-xs tabular-nums"
        >
          {text}
        </span>
      ))}
    </div>
  );
}
