/** Recognises files with settings of tools by their names. */

import { nameOf } from '#generate/paths.ts'

/** The configuration of Sphinx; in other folders, a file with this name may be anything. */
const SPHINX = /(?:^|\/)docs?\/(?:source\/)?conf\.py$/
const SETTINGS: readonly RegExp[] = [
  /^\.?eslint(?:rc|\.config)\.[cm]?[jt]s$/,
  /^\.?prettier(?:rc|\.config)\.[cm]?[jt]s$/,
  /^vitest\.(?:config|workspace|setup)\.[cm]?[jt]s$/,
  /^vite\.config\.[cm]?[jt]s$/,
  /^jest\.(?:config|setup)\.[cm]?[jt]s$/,
  /^playwright\.config\.[cm]?[jt]s$/,
  /^cypress\.config\.[cm]?[jt]s$/,
  /^karma\.conf\.[cm]?[jt]s$/,
  /^rollup\.config\.[cm]?[jt]s$/,
  /^webpack(?:\.\w+)?\.config\.[cm]?[jt]s$/,
  /^(?:unbuild|build)\.config\.[cm]?[jt]s$/,
  /^obuild\.config\.[cm]?[jt]s$/,
  /^tsup\.config\.[cm]?[jt]s$/,
  /^babel\.config\.[cm]?js$/,
  /^postcss\.config\.[cm]?[jt]s$/,
  /^tailwind\.config\.[cm]?[jt]s$/,
  /^next\.config\.[cm]?[jt]s$/,
  /^nuxt\.config\.[cm]?[jt]s$/,
  /^svelte\.config\.[cm]?[jt]s$/,
  /^astro\.config\.[cm]?[jt]s$/,
  /^commitlint\.config\.[cm]?[jt]s$/,
  /^lint-staged\.config\.[cm]?[jt]s$/,
  /^drizzle\.config\.[cm]?[jt]s$/,
  /^noxfile\.py$/,
  /^setup\.py$/,
  /^conanfile\.py$/,
  /^Appraisals$/,
  /^Package(?:@swift-[\d.]+)?\.swift$/,
  /^(?:build|plugins|settings)\.(?:gradle\.kts|mill|sbt|sc)$/,
  /^\.php-cs-fixer(?:\.dist)?\.php$/,
  /^rector\.php$/,
]

export function isToolSettings(path: string): boolean {
  const name = nameOf(path)
  return SPHINX.test(path) || SETTINGS.some((form) => form.test(name))
}
