/**
 * What is mostly there at once, but may have to be waited for. Each wait costs about a hundredth of a small call,
 * so what is no promise is not awaited.
 */
export type Soon<Value> = Value | Promise<Value>;

/** Goes on with a value: now if it is there. What `next` throws is thrown then, and rejects otherwise. */
export const after = <Value, Next>(
  soon: Soon<Value>,
  next: (value: Value) => Soon<Next>,
): Soon<Next> => (soon instanceof Promise ? soon.then(next) : next(soon));
