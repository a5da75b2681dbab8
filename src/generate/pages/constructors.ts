/** Recognises constructors of Java, Kotlin and C#. */

import { findText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'

/** Matches the text before the name: annotations or attributes, modifiers, and type parameters, but no result. */
const NO_RESULT =
  /^(?:(?:@[\w.]{1,80}(?:\([^()]{0,200}\))?|\[[^[\]]{1,200}\]|public|protected|private|internal|static|unsafe|extern|<[^<>()]{1,80}>)\s{0,4}){0,8}$/
/** Whether a method is a constructor; in Kotlin, a secondary one. */
export function isConstructor({
  kind,
  name,
  signature,
  file,
}: Pick<Component, 'kind' | 'name' | 'signature' | 'file'>): boolean {
  if (kind !== 'method') return false
  if (/\.kts?$/.test(file)) return name === 'constructor'
  if (!/\.(?:java|cs)$/.test(file)) return false
  const at = findText(signature, `${name}(`)
  return at >= 0 && NO_RESULT.test(signature.slice(0, at))
}
