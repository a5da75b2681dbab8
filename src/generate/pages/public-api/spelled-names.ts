/** Writes and orders public names for lists. */

import type { Component, ComponentKind } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join, refLink } from '#markdown/build.ts'
import { calledAs } from './called-as.ts'
import { type PublicName, WHOLE } from './public-names.ts'

/** Kinds of Ruby definitions that are written with their namespaces. */
const TYPED = new Set<ComponentKind>(['class', 'constant', 'namespace'])

/** `also exported as bool`, in parentheses after other text; empty if there is only one name. */
export function aliasWords({ texts }: Writing, component: Component | null, isBehind: boolean): Inline[] {
  const names = (component?.aliases ?? []).map((name): Inline[] => [quoted(name)])
  if (names.length === 0) return []
  const words = texts.entry.exportedAs(join(names, texts.comma))
  return isBehind ? [' (', ...words, ')'] : words
}

export function nameOf(writing: Writing, one: PublicName): Inline[] {
  const { repo } = writing
  const { name, component } = one
  if (component === null) return [name]
  // A method of a module other than the main one is not called by its name alone.
  const isNested =
    one.path.language === 'ruby' && one.isMade !== true && (TYPED.has(component.kind) || one.isInner === true)
  // Users choose the name of a default export.
  const own =
    name === 'default' || name === WHOLE
      ? (calledAs(writing, component) ?? component.name)
      : isNested
        ? titleOf(component)
        : inPackage(one)
  // C# types with the same name are distinguished by their type parameters.
  const shown =
    component.label?.endsWith('>') === true ? own + component.label.slice(component.qualifiedName.length) : own
  // `Loader#setup` is a notation of documentation, not code.
  const isSpelt = /[#.]/.test(shown) && (one.isMade === true || one.isInner === true || one.path.language === 'swift')
  const label = isSpelt ? quoted(shown) : code(shown)
  return repo.leaves.has(component.file) ? [refLink(refTo.component(component.id), label)] : [label]
}

/** Adds the package to Go names that are not from the main one, and the receiver to Kotlin extensions. */
function inPackage({ name, path, isInner, component }: PublicName): string {
  if (path.language === 'kotlin' && component !== null && /^(?:extension|property)$/.test(kindWord(component)))
    return component.title ?? component.qualifiedName
  return isInner === true && component !== null && path.spelled !== undefined ? `${path.spelled}.${name}` : name
}
