/** In a separate file, because importing one that declares assignments would load the compiler. */

/**
 * The provisional name of an anonymous `module.exports`; `name-exports.ts` replaces it with the name that importers
 * use.
 */
export const UNNAMED = 'module.exports'
