/** `<MizanErrorBoundary>`: shows something else where a part of the page failed, and tries that part again. */
import { Component, type ReactNode } from "react";
import { createElement } from "./hooks.js";
import { scopeOf, type View } from "./scope.js";
import { failing, type Waiting } from "./suspense.js";

export interface Failed {
  /** What was thrown below: a `MizanError` where a read failed, else whatever a component threw. */
  readonly error: unknown;
  /** Reads again what failed, and renders the children again. */
  readonly retry: () => void;
}

export interface MizanErrorBoundaryProps {
  readonly children?: ReactNode;
  /** What is shown meanwhile. */
  readonly fallback: (failed: Failed) => ReactNode;
}

interface State {
  readonly failure: { readonly error: unknown } | null;
}

/**
 * An error boundary that knows the reads whose failure suspense hooks threw. Another boundary does as well, but
 * would only throw the same error again: its retry has to `refetch` first.
 */
export class MizanErrorBoundary extends Component<MizanErrorBoundaryProps, State> {
  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  override readonly state: State = { failure: null };
  readonly #failed = new Set<View>();

  readonly #retry = (): void => {
    for (const view of this.#failed) {
      const { error, isFetching } = view.getState();
      if (error && !isFetching) view.refetch();
    }
    this.#failed.clear();
    this.setState({ failure: null });
  };

  override render(): ReactNode {
    const { children, fallback } = this.props;
    const { failure } = this.state;
    if (failure) return fallback({ error: failure.error, retry: this.#retry });
    const { Provider } = scopeOf<Waiting>(failing);
    return createElement(Provider, { value: this.#failed }, children);
  }
}
