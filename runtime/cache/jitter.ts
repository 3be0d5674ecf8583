/**
 * How long an entry is kept: up to a tenth less than it may be, so that what was stored together is not asked
 * for again together. `chance` is from 0 to below 1.
 */
export const withJitter = (milliseconds: number, chance: number): number =>
  milliseconds * (1 - chance / 10);
