/**
 * A worker without a heartbeat for this long is considered dead. All programs use the same value, because they check each other.
 */
export const LEASE_MS = 15_000
