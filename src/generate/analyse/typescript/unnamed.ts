/**
 * The provisional name of an anonymous `module.exports`; `name-exports.ts` replaces it with the name that importers
 * use. It has a file of its own, because the files that declare assignments load the compiler.
 */
export const UNNAMED = 'module.exports'
