import { useThree } from "@react-three/fiber";
import { type RefObject, useImperativeHandle } from "react";

/** Takes the picture that is on the stage, on the stage's background, as PNG. */
export type TakeSnapshot = () => Promise<Blob | null>;

export function Snapshot({ take }: { take: RefObject<TakeSnapshot | null> }) {
  const { gl, scene, camera } = useThree();
  useImperativeHandle(take, () => () => {
    // The drawing buffer is only kept until the browser has shown it: draw and read in one go.
    gl.render(scene, camera);
    const source = gl.domElement;
    const copy = document.createElement("canvas");
    copy.width = source.width;
    copy.height = source.height;
    const context = copy.getContext("2d");
    if (!context) return Promise.resolve(null);
    context.fillStyle = backgroundBehind(source);
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(source, 0, 0);
    return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
  });
  return null;
}

function backgroundBehind(element: HTMLElement): string {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (backgroundColor !== "rgba(0, 0, 0, 0)" && backgroundColor !== "transparent") return backgroundColor;
  }
  return "#3a3d41";
}
