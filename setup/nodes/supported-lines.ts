/** The release lines of Node with which docspool is tested and packed, as npm ranges; the first is the oldest supported version. */
export const LINES = ['20.11', '22', '24', '26'] as const
