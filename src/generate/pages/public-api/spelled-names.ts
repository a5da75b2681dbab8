/** How public names are written in lists, and in which order. */

import { type Component, type ComponentKind, compareText } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join, refLink } from '#markdown/build.ts'
import { calledAs } from './called-as.ts'
import { type PublicName, WHOLE } from './public-names.ts'

/** What Ruby calls by all that it stands in. */
const TYPED = new Set<ComponentKind>(['class', 'constant', 'namespace'])

/** In order of the alphabet, where a reader looks one up; what is deprecated last. */
export function sorted(writing: Writing, names: readonly PublicName[]): PublicName[] {
  const key = (one: PublicName): string =>
    (one.name === WHOLE ? (one.component?.name ?? one.name) : inPackage(writing, one)).toLowerCase()
  const isLast = ({ name, isDeprecated }: PublicName): number => (isDeprecated ? 2 : /^[\p{L}_$]/u.test(name) ? 0 : 1)
  return names.toSorted((a, b) => isLast(a) - isLast(b) || compareText(key(a), key(b)))
}

export function markedName(writing: Writing, one: PublicName): Inline[] {
  const { texts } = writing
  const mark = texts.publicApi.deprecated
    .trim()
    .replace(/[.。]$/, '')
    .toLowerCase()
  return [
    ...nameOf(writing, one),
    ...(one.isDeprecated ? [` (${mark})`] : []),
    ...aliasWords(writing, one.component, true),
  ]
}

/** `also exported as bool`, in brackets behind other words; nothing for what has one name. */
export function aliasWords({ texts }: Writing, component: Component | null, isBehind: boolean): Inline[] {
  const names = (component?.aliases ?? []).map((name): Inline[] => [{ ...code(name), data: { isQuoted: true } }])
  if (names.length === 0) return []
  const words = texts.entry.exportedAs(join(names, texts.comma))
  return isBehind ? [' (', ...words, ')'] : words
}

export function nameOf(writing: Writing, one: PublicName): Inline[] {
  const { repo } = writing
  const { name, component } = one
  if (component === null) return [name]
  // What a module is as a whole is called as its users like.
  const isNested = one.path.language === 'ruby' && one.isMade !== true && TYPED.has(component.kind)
  const own =
    name === 'default' || name === WHOLE
      ? (calledAs(writing, component) ?? component.name)
      : isNested
        ? titleOf(component)
        : inPackage(writing, one)
  // Types of C# of one name are told apart by what they take.
  const shown =
    component.label?.endsWith('>') === true ? own + component.label.slice(component.qualifiedName.length) : own
  // No code writes the method of a class so: `Loader#setup`.
  const isSpelt = /[#.]/.test(shown) && (one.isMade === true || one.isInner === true)
  const label = isSpelt ? { ...code(shown), data: { isQuoted: true } } : code(shown)
  return repo.leaves.has(component.file) ? [refLink(refTo.component(component.id), label)] : [label]
}

/** Names of Go with the package that stands before them in code, where that is not the main one; of Kotlin with what they extend. */
function inPackage({ repo }: Writing, { name, path, isInner, component }: PublicName): string {
  // An extension is called on something.
  if (path.language === 'kotlin' && component !== null && kindWord(component) === 'extension')
    return component.title ?? component.qualifiedName
  if (path.language !== 'go' || isInner !== true || component === null) return name
  const [, own] = PACKAGE.exec(repo.files.get(component.file)?.text?.slice(0, MAX_HEAD) ?? '') ?? []
  return own === undefined ? name : `${own}.${name}`
}

/** It need not be called like its folder. */
const PACKAGE = /^package ([\p{L}_][\p{L}\p{N}_]*)/mu
const MAX_HEAD = 20_000
