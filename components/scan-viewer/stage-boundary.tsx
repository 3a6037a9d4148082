import { Component, type ReactNode } from "react";

/** Catches a scene that could not be opened (code that did not arrive, no graphics context left). */
export class StageBoundary extends Component<
  { onError: () => void; fallback: (reopen: () => void) => ReactNode; children: ReactNode },
  { broken: boolean }
> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch() {
    this.props.onError();
  }

  override render() {
    const { fallback, children } = this.props;
    return this.state.broken ? fallback(() => this.setState({ broken: false })) : children;
  }
}
