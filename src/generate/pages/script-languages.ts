/** The languages of JavaScript and TypeScript files. */
export const SCRIPTS: ReadonlySet<string> = new Set(['javascript', 'jsx', 'typescript', 'tsx'])

/** The same, with single-file components. */
export const SCRIPTS_AND_COMPONENTS: ReadonlySet<string> = new Set([...SCRIPTS, 'vue', 'svelte'])
