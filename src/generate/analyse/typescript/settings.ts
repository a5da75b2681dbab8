/** Selects the files of a repository that affect import resolution. */

import type { SourceFile } from '#generate/model.ts'

/** Manifests and configurations of TypeScript, Deno and bundlers. */
const NAME =
  /(?:^|\/)(?:package\.json|[jt]sconfig(?:\.[\w.-]+)?\.json|deno\.jsonc?|(?:vite|vitest|svelte|astro|rollup|webpack|vue)\.config\.[cm]?[jt]s)$/
/** Base configurations may have any name. */
const EXTENDED = /"(?:compilerOptions|extends)"/

/** The settings files keyed by path, in the order of the files. */
export function settingsOf(files: Iterable<SourceFile>): Map<string, SourceFile> {
  const settings = new Map<string, SourceFile>()
  for (const file of files) {
    const isSetting = NAME.test(file.path) || (/\.jsonc?$/.test(file.path) && EXTENDED.test(file.text ?? ''))
    if (isSetting) settings.set(file.path, file)
  }
  return settings
}
