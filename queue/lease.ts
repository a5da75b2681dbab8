/** A worker without a heartbeat for this long is dead. The same for all programs, since they check each other. */
export const LEASE_MS = 15_000
