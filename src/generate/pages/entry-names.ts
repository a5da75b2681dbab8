/** The names that the file a library begins with shows the world: those it defines, and those it passes on. */

import type { Component } from '#generate/model.ts'
import type { Survey } from './survey.ts'

const MAX_CHARS = 200_000
/** What a file passes on, by language; in Python all that a package imports can be imported from it. */
const PASSED_ON: Readonly<Record<string, RegExp>> = {
  typescript: /\bexport\s+(?:type\s+)?\{([^}]{0,20000})\}/g,
  javascript: /\bexport\s+\{([^}]{0,20000})\}/g,
  python: /^(?:from\s+\.[\w.]*|import)\s+(.{0,2000})$/gm,
  rust: /\bpub\s+use\s+([^;]{0,20000});/g,
}

/** Sorted by their places in the files. */
export function namesOfEntry(path: string, survey: Survey): Component[] {
  const file = survey.files.get(path)
  const pattern = PASSED_ON[file?.language ?? '']
  const words = new Set<string>()
  if (pattern !== undefined)
    for (const [, names = ''] of (file?.text ?? '').slice(0, MAX_CHARS).matchAll(pattern))
      for (const [word] of names.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) words.add(word)
  const isShown = (component: Component): boolean => component.exported && component.kind !== 'namespace'
  const passed = [...(survey.links.get(path)?.keys() ?? [])]
    .sort()
    .flatMap((target) => survey.tops.get(target) ?? [])
    .filter((component) => isShown(component) && words.has(component.name))
  return [...(survey.tops.get(path) ?? []).filter(isShown), ...passed]
}
