/** In a file of its own, because whoever imports one that declares assignments loads the compiler. */

/**
 * The provisional name of an anonymous `module.exports`; `name-exports.ts` replaces it with the name that importers
 * use.
 */
export const UNNAMED = 'module.exports'
