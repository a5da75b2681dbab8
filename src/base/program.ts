/** How docspool was installed, for messages that contain a command or say what to install. */

/** Set only in a standalone build; see `setup/pack/`. */
declare const PACKED_AS: string | undefined

/** Whether this is a program built by `make dist` rather than a checkout. */
export const isPacked = typeof PACKED_AS !== 'undefined'

/** The command that runs docspool from its folder, for pages, answers and messages. */
export const PROGRAM = typeof PACKED_AS === 'undefined' ? 'node src/docspool.mjs' : PACKED_AS
