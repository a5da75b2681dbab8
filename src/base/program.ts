/** How the program is called from its folder, in messages that name a command: a name that no shell knows helps nobody. */

export const PROGRAM = 'node src/docspool.mjs'
