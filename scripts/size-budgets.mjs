const KIB = 1024;

/**
 * Goals in bytes, from the project's benchmarks: `hard` fails `npm run check`, `goal` is where we want to be. Where
 * `hard` is beyond the goal it is what was reached with the features whole: foreign contracts, timeouts and
 * the session's retries cost a call 85, 70 and 90 bytes; batches, lines and slots of first loads cost a
 * context 730, what calls are expected to change 290, tabs 120, being offline 90, loops 75; that data may come
 * with the page, 35; what is pending and callbacks cost a mutation 70. That nothing of one user is shown to the next
 * costs a call 20 bytes and a mutation 50 more; that nobody waits for a session without end, or expects anything of a
 * call that is never sent, 35; that an envelope says only what it may, 20; that tabs are left again, 60;
 * that params which no URL can hold travel in a body, 20.
 */
export const BUDGETS = {
  "one call": { goal: 1.1 * KIB, hard: 1.46 * KIB },
  "one context hook": { goal: 4.0 * KIB, hard: 5.8 * KIB },
  "one context hook and one mutation": { goal: 4.7 * KIB, hard: 6.49 * KIB },
  "20 functions": { goal: 5.2 * KIB, hard: 6.67 * KIB },
  "each further function": { goal: 12, hard: 15 },
  "server in memory, for browsers": { goal: 42 * KIB, hard: 45 * KIB },
};
