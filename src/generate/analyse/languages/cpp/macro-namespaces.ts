/**
 * Namespaces that macros open: `#define LIB_BEGIN_NAMESPACE namespace lib {`. A file that uses such a macro declares
 * what stands at its top in that namespace.
 */

import type { LinkContext } from '#generate/analyse/engine/language.ts'
import type { FileUnit } from '#generate/analyse/engine/program.ts'

const OPENING =
  /^[ \t]*#[ \t]*define[ \t]+(\w+)(?:[ \t]|\\\r?\n)+((?:(?:inline[ \t]+)?namespace[ \t]+[\w:]+[ \t]*\{(?:[ \t]|\\\r?\n)*)+)/gm
const known = new WeakMap<LinkContext, ReadonlyMap<string, string>>()

/** The namespace, its parts joined by dots; '' for none. Inline ones are left out. */
export function namespaceOf(file: FileUnit, context: LinkContext): string {
  const macros = macrosOf(context)
  if (macros.size === 0) return ''
  for (const text of file.facts.strings) {
    const path = macros.get(text)
    if (path !== undefined) return path
  }
  return ''
}

function macrosOf(context: LinkContext): ReadonlyMap<string, string> {
  const before = known.get(context)
  if (before !== undefined) return before
  const macros = new Map<string, string>()
  for (const { language, text } of context.files.values()) {
    if ((language !== 'cpp' && language !== 'c') || text === null || !text.includes('namespace')) continue
    for (const [, name = '', body = ''] of text.matchAll(OPENING)) {
      const parts = [...body.matchAll(/(inline[ \t]+)?namespace[ \t]+([\w:]+)/g)]
      const path = parts
        .filter(([, isInline]) => isInline === undefined)
        .map(([, , part = '']) => part.replaceAll('::', '.'))
      if (path.length > 0) macros.set(name, path.join('.'))
    }
  }
  known.set(context, macros)
  return macros
}
