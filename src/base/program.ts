/** How the program was installed, for messages that name a command or say what to install. */

/** Set only in a packed program; see `setup/pack/`. */
declare const PACKED_AS: string | undefined

/** Whether this is the program made by `make dist`, not a checkout. */
export const isPacked = typeof PACKED_AS !== 'undefined'

/** The command that runs this program in its folder, for messages. */
export const PROGRAM = isPacked ? PACKED_AS : 'node src/docspool.mjs'
