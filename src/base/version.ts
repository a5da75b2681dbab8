/**
 * The version of docspool, in `--version`, `/openapi.json` and every document set. Raise it whenever the output of the generator
 * changes, because sets of another version are regenerated. `package.json` repeats it.
 */
export const GENERATOR_VERSION = '0.7.0'
