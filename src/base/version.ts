/**
 * The version of docspool, shown by `--version` and `/openapi.json` and stored in every document set. Raise it whenever the
 * generator's output changes, because sets of another version are regenerated. `package.json` contains the same version.
 */
export const GENERATOR_VERSION = '0.7.0'
