import { useEffect, useRef } from "react";

/**
 * Keeps a step that could not be made yet and makes it when more is here, unless somebody has pressed or clicked something else
 * meanwhile.
 * @param where what the step starts from: on another one nothing is owed any more
 * @param here another one when more is here
 * @param step returns false while what it leads to is still on its way
 */
export function useOwedStep<Step>(where: string, here: unknown, step: (by: Step) => boolean): (by: Step) => void {
  const owed = useRef<{ by: Step; where: string } | null>(null);
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when more is here
  useEffect(() => {
    if (owed.current && (owed.current.where !== where || latest.current(owed.current.by))) owed.current = null;
  }, [where, here]);
  useEffect(() => {
    const forget = () => {
      owed.current = null;
    };
    // Before whoever answers to the key asks for the next step.
    window.addEventListener("keydown", forget, { capture: true });
    window.addEventListener("pointerdown", forget, { capture: true });
    return () => {
      window.removeEventListener("keydown", forget, { capture: true });
      window.removeEventListener("pointerdown", forget, { capture: true });
    };
  }, []);
  return (by) => {
    owed.current = step(by) ? null : { by, where };
  };
}
