/** The names that the file a library begins with shows the world: those it defines, and those it passes on. */

import type { Component } from '#generate/model.ts'
import { resolvePath } from './repository-path.ts'
import type { Survey } from './survey.ts'

const MAX_CHARS = 200_000
/** What a file passes on, by language; in Python all that a package imports can be imported from it. */
const PASSED_ON: Readonly<Record<string, RegExp>> = {
  typescript: /\bexport\s+(?:type\s+)?\{([^{}]{0,20000})\}/g,
  javascript: /\bexport\s+\{([^{}]{0,20000})\}/g,
  python: /^(?:from\s+\.[\w.]*|import)\s+(.{0,2000})$/gm,
  rust: /\bpub\s+use\s+(?!\s)((?:(?!pub\s)[^;]){0,20000});/g,
}

/** `export * from './core.js'` */
const PASSED_ON_WHOLE = /\bexport\s+\*\s+from\s+["'](\.[\w./@-]{1,200})["']/g
/** Files that pass on all of others, which are followed. */
const MAX_FILES = 40

/** Sorted by their places in the files. */
export function namesOfEntry(path: string, survey: Survey, seen = new Set<string>()): Component[] {
  if (seen.has(path) || seen.size > MAX_FILES) return []
  seen.add(path)
  const file = survey.files.get(path)
  const text = (file?.text ?? '').slice(0, MAX_CHARS)
  const pattern = PASSED_ON[file?.language ?? '']
  const words = new Set<string>()
  if (pattern !== undefined)
    for (const [, names = ''] of text.matchAll(pattern))
      for (const [word] of names.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) words.add(word)
  const wholes = new Set(
    [...text.matchAll(PASSED_ON_WHOLE)].map(([, specifier = '']) => stemOf(resolvePath(path, specifier) ?? '')),
  )
  const isShown = (component: Component): boolean => component.exported && component.kind !== 'namespace'
  const targets = [...(survey.links.get(path)?.keys() ?? [])].sort()
  const passed = targets
    .flatMap((target) => survey.tops.get(target) ?? [])
    .filter((component) => isShown(component) && words.has(component.name))
  const whole = targets
    .filter((target) => wholes.has(stemOf(target)))
    .flatMap((target) => namesOfEntry(target, survey, seen))
  return [...new Set([...(survey.tops.get(path) ?? []).filter(isShown), ...passed, ...whole])]
}

/** Without what may be left out of it: `src/core/index.ts` → `src/core`. */
function stemOf(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '')
}
