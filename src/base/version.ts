/**
 * The program's one version: what `--version` and `/openapi.json` say, and what goes into every document set. A change of
 * what the generator writes changes it, since sets of another version are made anew. `package.json` repeats it.
 */
export const GENERATOR_VERSION = '0.7.0'
