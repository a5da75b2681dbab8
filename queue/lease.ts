/** How long a worker may give no sign of life. One value for all programs: they judge each other by it. */
export const LEASE_MS = 15_000
