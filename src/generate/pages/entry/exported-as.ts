/** What an entry says of the names under which packages export a definition, and its signature by the first of them. */

import type { Component } from '#generate/model.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join } from '#markdown/build.ts'

/** The name of a default export without one of its own. */
const ANONYMOUS = 'default'

/** `named create in the code`, `also exported as bool`; nothing for what has one name. */
export function exportFacts({ texts }: Writing, component: Component): Inline[][] {
  const { name, aliases = [] } = component
  const quoted = (text: string): Inline => ({ ...code(text), data: { isQuoted: true } })
  const names = aliases.map((one): Inline[] => [quoted(one)])
  return [
    ...(isRenamed(component) && name !== ANONYMOUS ? [texts.entry.definedAs([quoted(name)])] : []),
    ...(names.length === 0 ? [] : [texts.entry.exportedAs(join(names, texts.comma))]),
  ]
}

/** `create(): Schema` as its users write it, `string(): Schema`; `class default` by the name that they import. */
export function usersSignature(component: Component, signature: string): string {
  const { name, kind } = component
  if (name === ANONYMOUS && isRenamed(component)) return signature.replace(/\bdefault\b/, () => titleOf(component))
  const isCalled = kind === 'function' && isRenamed(component) && signature.startsWith(name)
  return isCalled ? titleOf(component) + signature.slice(name.length) : signature
}

/** Titled by an export: no other title of a definition at the top of a file is a name without its own. */
function isRenamed({ name, parent, title }: Component): boolean {
  return parent === null && title !== undefined && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(title) && title !== name
}
