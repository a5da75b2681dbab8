/** Describes the names under which packages export a definition, and renames its signature to the first of them. */

import type { Component } from '#generate/model.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { type Inline, join } from '#markdown/build.ts'

/** The name of an anonymous default export. */
const ANONYMOUS = 'default'

/** `named create in the code`, `also exported as bool`; nothing if there is only one name. */
export function exportFacts({ texts }: Writing, component: Component): Inline[][] {
  const { name, aliases = [] } = component
  const names = aliases.map((one): Inline[] => [quoted(one)])
  return [
    ...(isRenamed(component) && name !== ANONYMOUS ? [texts.entry.definedAs([quoted(name)])] : []),
    ...(names.length === 0 ? [] : [texts.entry.exportedAs(join(names, texts.comma))]),
  ]
}

/** The signature with the exported name: `create(): Schema` becomes `string(): Schema`; likewise for `class default`. */
export function usersSignature(component: Component, signature: string): string {
  const { name, kind } = component
  if (name === ANONYMOUS && isRenamed(component)) return signature.replace(/\bdefault\b/, () => titleOf(component))
  const at = signature.startsWith('async ') ? 'async '.length : 0
  const isCalled = kind === 'function' && isRenamed(component) && signature.startsWith(name, at)
  return isCalled ? signature.slice(0, at) + titleOf(component) + signature.slice(at + name.length) : signature
}

/** Whether the title is an exported name: other titles of top-level definitions contain their own names. */
function isRenamed({ name, parent, title }: Component): boolean {
  return parent === null && title !== undefined && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(title) && title !== name
}
