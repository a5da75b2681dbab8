/** Which files of a repository say where imports lead. */

import type { SourceFile } from '#generate/model.ts'

/** Packages and configurations by name, those of bundlers among them. */
const NAME =
  /(?:^|\/)(?:package\.json|[jt]sconfig(?:\.[\w.-]+)?\.json|deno\.jsonc?|(?:vite|vitest|svelte|astro|rollup|webpack|vue)\.config\.[cm]?[jt]s)$/
/** Configurations that others extend have any name. */
const EXTENDED = /"(?:compilerOptions|extends)"/

/** In the order of the files. */
export function settingsOf(files: Iterable<SourceFile>): Map<string, SourceFile> {
  const settings = new Map<string, SourceFile>()
  for (const file of files) {
    const isSetting = NAME.test(file.path) || (/\.jsonc?$/.test(file.path) && EXTENDED.test(file.text ?? ''))
    if (isSetting) settings.set(file.path, file)
  }
  return settings
}
