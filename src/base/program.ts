/** How the program was installed, for messages that name a command or say what to install. */

/** Set in a packed program alone; see `setup/pack/`. */
declare const PACKED_AS: string | undefined

/** Whether this is the program of `make dist`, and not a checkout. */
export const isPacked = typeof PACKED_AS !== 'undefined'

/** How it is called from its folder: a name that no shell knows helps nobody. */
export const PROGRAM = isPacked ? PACKED_AS : 'node src/docspool.mjs'
