export interface Client {
  /** Drops all data and the session, and fetches mounted instances anew: for another user. */
  readonly reset: () => void;
}
