import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import { add, normalise, scale, type Vector } from "./vector.ts";

/** The views a dental technician asks for; the keys 1-7 stand for them in this order. "home" is where a case opens. */
export const STANDARD_VIEWS = ["front", "right", "left", "upper", "lower", "back", "home"] as const;
export type StandardView = (typeof STANDARD_VIEWS)[number];

/** Where the camera looks, and which way is up on the screen. Both of length 1. */
export interface ViewDirection {
  forward: Vector;
  up: Vector;
}

/** Home looks a little from above, or from below when only an upper jaw is there: at the crowns in either case. */
const HOME_TILT = Math.tan((18 * Math.PI) / 180);

/**
 * "Right" is the patient's right. Occlusal views lie as on a tooth chart: the patient's right on the viewer's left,
 * the incisors at the top for the upper jaw and at the bottom for the lower one.
 * @param onlyUpper no lower jaw is shown
 */
export function viewDirection(view: StandardView, orientation: Orientation, onlyUpper = false): ViewDirection {
  const { up, anterior, right } = orientation;
  const away = scale(anterior, -1);
  switch (view) {
    case "front":
      return { forward: away, up };
    case "back":
      return { forward: anterior, up };
    case "right":
      return { forward: scale(right, -1), up };
    case "left":
      return { forward: right, up };
    case "upper":
      return { forward: up, up: anterior };
    case "lower":
      return { forward: scale(up, -1), up: away };
    case "home": {
      const tilt = onlyUpper ? HOME_TILT : -HOME_TILT;
      return { forward: normalise(add(away, scale(up, tilt))), up };
    }
  }
}
