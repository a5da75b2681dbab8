/** The lines of Node that docspool is tested with and packed for; the first is the oldest that it runs on. npm's ranges. */
export const LINES = ['20.11', '22', '24', '26'] as const
