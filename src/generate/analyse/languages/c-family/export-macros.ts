/** Recognises macros such as `ORBIT_API`, which export a function from a library. */

import type { FileFacts } from '#generate/analyse/engine/facts.ts'
import { exportedMacros, makePrivate } from './public-macros.ts'

const DEFINITION = /^[ \t]{0,40}#[ \t]{0,40}define[ \t]{1,40}(\w{1,100})([ \t][^\n]{0,200})?$/gm
/** Attributes of a declaration for the linker, without spaces. */
const LINKAGE = /^(?:extern"C")?(?:__declspec\(dll|__attribute__\(\(\(?_{0,2}(?:visibility|dll)|\[\[gnu::visibility)/

/** Makes export macros private: they mean nothing to users. */
export function hideExportMacros(facts: FileFacts, text: string): void {
  const macros = exportedMacros(facts)
  if (macros.length === 0) return
  const exporting = exportMacros(text)
  makePrivate(
    facts,
    macros.filter(({ name }) => exporting.has(name)),
  )
}

/** Macros that expand to a linkage attribute in every definition. */
function exportMacros(text: string): Set<string> {
  const exporting = new Set<string>()
  const others = new Set<string>()
  for (const [, name = '', value = ''] of text.matchAll(DEFINITION)) {
    const plain = (value.split(/\/[/*]/, 1)[0] ?? '').replace(/\s/g, '')
    if (LINKAGE.test(plain)) exporting.add(name)
    else if (plain !== '' && plain !== 'extern') others.add(name)
  }
  return new Set([...exporting].filter((name) => !others.has(name)))
}
