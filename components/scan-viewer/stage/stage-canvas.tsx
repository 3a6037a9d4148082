import { Component, Fragment, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { type KeptStage, returnStage, takeStage } from "./kept-stage.ts";

/**
 * Shows a scene on the session's canvas, filling the element it is in.
 * @param props.hasContent until it was true once nothing is drawn: an empty picture would keep the first one waiting
 * @throws into the page what goes wrong in the scene
 */
export function StageCanvas({ hasContent, children }: { hasContent: boolean; children: ReactNode }) {
  const holder = useRef<HTMLDivElement>(null);
  const stage = useRef<KeptStage>(null);
  const begun = useRef(false);
  const [showing] = useState(() => crypto.randomUUID());
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  if (problem) throw problem;
  useLayoutEffect(() => {
    const element = holder.current!;
    const taken = takeStage();
    stage.current = taken;
    element.append(taken.canvas);
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => {
      resized.disconnect();
      stage.current = null;
      returnStage(taken);
    };
  }, []);
  useLayoutEffect(() => {
    if (!size || size.width === 0 || size.height === 0) return;
    // Scenes follow each other on one stage: each starts afresh.
    const scene = (
      <Fragment key={showing}>
        <SceneBoundary onError={setProblem}>{children}</SceneBoundary>
      </Fragment>
    );
    begun.current ||= hasContent;
    stage.current?.show(scene, size, begun.current);
  });
  return <div ref={holder} className="relative h-full w-full touch-none overflow-hidden" />;
}

/** The scene is a React tree of its own: what breaks in it is handed to the page. */
class SceneBoundary extends Component<{ onError: (error: unknown) => void; children: ReactNode }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: unknown) {
    this.props.onError(error);
  }

  override render() {
    return this.state.broken ? null : this.props.children;
  }
}
