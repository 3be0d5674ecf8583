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
 * An error boundary that knows the reads whose failure suspense hooks threw. Where one of them is read by somebody
 * else, or forgotten with its user, it shows its part again by itself. Another boundary does as well, but would only
 * throw the same error again: its retry has to `refetch` first.
 */
export class MizanErrorBoundary extends Component<MizanErrorBoundaryProps, State> {
  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  override readonly state: State = { failure: null };
  readonly #failed = new Set<View>();
  /** End being told of those, while something else is shown. */
  #ends: readonly (() => void)[] = [];

  override componentDidMount(): void {
    this.#follow();
  }

  override componentDidUpdate(): void {
    this.#follow();
  }

  override componentWillUnmount(): void {
    this.#leave();
  }

  #leave(): void {
    for (const end of this.#ends) end();
  }

  #follow(): void {
    this.#leave();
    const views = this.state.failure ? [...this.#failed] : [];
    const look = (): void => {
      if (views.some(({ getState }) => !getState().error)) this.#renew();
    };
    this.#ends = views.map(({ subscribe }) => subscribe(look));
    // It may have happened since they were rendered.
    look();
  }

  #renew(): void {
    this.#failed.clear();
    this.setState({ failure: null });
  }

  readonly #retry = (): void => {
    for (const view of this.#failed) {
      const { error, isFetching } = view.getState();
      if (error && !isFetching) view.refetch();
    }
    this.#renew();
  };

  override render(): ReactNode {
    const { children, fallback } = this.props;
    const { failure } = this.state;
    if (failure) return fallback({ error: failure.error, retry: this.#retry });
    const { Provider } = scopeOf<Waiting>(failing);
    return createElement(Provider, { value: this.#failed }, children);
  }
}
