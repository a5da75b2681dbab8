/** Describes a definition in a row of a table: by its comment, otherwise by its code, if either says something. */

import { hasStringOfLines } from '#base/end-of-quote.ts'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { cautions } from '#generate/pages/cautions.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { aliasOf } from '#generate/pages/entry/alias-of.ts'
import { withAsync } from '#generate/pages/entry/async-head.ts'
import { usersSignature } from '#generate/pages/entry/exported-as.ts'
import { returnedShape } from '#generate/pages/entry/returned-shape.ts'
import { macroText } from '#generate/pages/entry/short-code.ts'
import { calledAs } from '#generate/pages/public-api/called-as.ts'
import { isAmbient, isDelegation, isDeprecated } from '#generate/pages/public-api/traits.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { isTelling, pointsBack, tellingPart, tellingSentence } from '#generate/pages/telling.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { afterFirstSentence, few } from '#generate/pages/words.ts'
import { docSentence, toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { readValue } from '#generate/signature-values.ts'
import { paragraph as build, code, type Inline, oneLine, plainText } from '#markdown/build.ts'
import { documentedConstructor } from './documented-constructor.ts'
import { isInBranch, isOfAnother, isRemark } from './remarks.ts'
import { shortHead } from './short-head.ts'
import { tableKeys } from './table-keys.ts'
import { isOnlyDerived, roleOf, valuesOf } from './type-words.ts'

/** A first sentence with at most this many words is followed by the second. */
const FEW_WORDS = 7
const TITLE_WORDS = 4
/** Limit on the lines of a type that is described by its base alone. */
const MAX_BARE = 10
const MAX_TOGETHER = 200
const MAX_CODE = 120
/** Limit on the characters of a sentence before an example. */
const MAX_LEADING = 500
const MAX_VALUE_LINES = 12
/** Limit on the keys of a table that are named. */
const MAX_KEYS = 8
/**
 * The first meaningful sentence, otherwise the head of a function, a value, or a description of a type by its code. May be
 * empty.
 */
export function saidOf(writing: Writing, component: Component): Inline[] {
  return wordsOf(writing.repo, component) ?? readmeDescription(writing, component) ?? shapeOf(writing, component)
}

/** Marks a description as deprecated, unless it says so itself. */
export function withDeprecation({ texts }: Writing, component: Component, words: Inline[]): Inline[] {
  const isSaid = /^deprecated\b/i.test(textOf(words))
  return isDeprecated(component) && !isSaid ? [texts.publicApi.deprecated, ...words] : words
}

/** The description of the subject of a file or module; without the declaration. */
export function purposeOfName(writing: Writing, component: Component): Inline[] {
  const said = wordsOf(writing.repo, component) ?? readmeDescription(writing, component)
  if (said !== null) return said
  // The base says what a short type is, but not what a longer one does.
  const isLong = component.endLine - component.startLine >= MAX_BARE
  return isLong && isOnlyDerived(writing, component) ? [] : typeWords(writing, component)
}

/** The beginning of the doc comment, or of the comment on its declaration, if it says more than the name. */
export function wordsOf(repo: RepoIndex, component: Component): Inline[] | null {
  const told = (one: Component | undefined): Inline[] | null => {
    const words = one === undefined ? null : tellingWords(one.doc ?? '', one.name)
    return words === null || one === undefined ? null : withCautions(words, one.doc)
  }
  const own = isRemark(repo, component) || isOfAnother(repo, component) ? null : told(component)
  return (
    own ??
    told(declarationOf(repo, component)) ??
    told(documentedConstructor(repo, component)) ??
    told(expectedBy(repo, component)) ??
    told(delegatedTo(repo, component)) ??
    told(aliasOf(repo, component))
  )
}

/** The first sentence, followed by the second if it is short. */
export function tellingWords(whole: string, name: string): Inline[] | null {
  // A sentence that introduces an example is shortened to the part before.
  const isLeading = /[:：]$/.test(textOf(docSentence(whole) ?? []))
  const before = isLeading ? beforeExample(whole) : ''
  if (isLeading && before === '') return tellingSentence(whole, name)
  const doc = isLeading ? before : (tellingPart(whole) ?? '')
  const first = docSentence(doc)
  if (first === null || !isTelling(first)) return null
  const isOwn = tellingSentence(doc, name) !== null
  const words = textOf(first).split(/\s+/).length
  const isIntroduced = OF_THIS.test(afterFirstSentence(doc).split(/\n\s*\n/, 1)[0] ?? '')
  if (isOwn && words > FEW_WORDS && !isIntroduced) return first
  // The second sentence of a short one is in the same paragraph, that of a title may be in the next one.
  const rest = afterFirstSentence(isOwn && words > TITLE_WORDS ? (doc.split(/\n\s*\n/, 1)[0] ?? '') : doc)
  const second = tellingSentence(rest, name)
  if (second === null || POINTER.test(textOf(second))) return isOwn ? first : null
  // If both are too long together, a first sentence that only repeats the name is replaced by the second.
  if (textOf(first).length + textOf(second).length > MAX_TOGETHER)
    return isOwn ? first : /^it\b/i.test(rest.trimStart()) || !pointsBack(rest) ? second : null
  // If the third sentence refers back, `They became …`, the second one would be misleading without it.
  if (isOwn && pointsBack(afterFirstSentence(rest))) return first
  // A title and a sentence may be the same.
  return textOf(first) === textOf(second) ? first : [...first, ' ', ...second]
}

/** `Parameters: See orbit.plan.` */
const POINTER = /^(?:(?:parameters?|arguments?|options?)\W{1,3})?see\b/i

/** Matches a sentence that says what the definition or file does, after one on the background: `This filter adds the word.` */
const OF_THIS = /^\s*This (?!(?:is|can|may|will|also)\b)[a-z]+ (?:[a-z]+ )?[a-z]+s\b/

/** Matches the part of a sentence that introduces an example or a list. */
const LEADS_ON =
  /^([^:`]{20,200}?),? (?:as follows|e\.g\.|for (?:example|instance)|including|like(?: this)?|such as|where [^:]{1,100}|with the following[^:]{0,60}):(?=\s|$)/

/** `Splits a line` for `Splits a line, where each part is of one of these forms:`; '' if no part stands alone. */
function beforeExample(whole: string): string {
  const [, words] = LEADS_ON.exec(oneLine(whole.slice(0, MAX_LEADING).split(/\n\s*\n/, 1)[0] ?? '')) ?? []
  return words === undefined ? '' : `${words}.`
}

/** Adds the warnings of the doc comment, such as whom the definition is for. */
function withCautions(words: Inline[], doc: string | null): Inline[] {
  const told = textOf(words)
  const more = cautions(doc).flatMap((one) => {
    const sentence = docSentence(one)
    return sentence === null || told.includes(textOf(sentence)) ? [] : [' ', ...sentence]
  })
  return [...words, ...more]
}

const textOf = (sentence: readonly Inline[]): string => plainText(build(...sentence))

const expected = new WeakMap<RepoIndex, Map<string, Component>>()

/** The `expect` declaration of a Kotlin definition for one platform. */
export function expectedBy(
  repo: RepoIndex,
  { kind, qualifiedName, signature, file }: Component,
): Component | undefined {
  if (!file.endsWith('.kt') || !ACTUAL.test(signature)) return undefined
  let found = expected.get(repo)
  if (found === undefined) {
    found = new Map()
    for (const one of repo.components.values())
      if (one.file.endsWith('.kt') && EXPECT.test(one.signature)) found.set(`${one.kind} ${one.qualifiedName}`, one)
    expected.set(repo, found)
  }
  return found.get(`${kind} ${qualifiedName}`)
}

/** Matches the modifier `actual`. */
const ACTUAL = /^(?:[a-z]+ ){0,6}actual /
const EXPECT = /^(?:[a-z]+ ){0,6}expect /

const delegated = new WeakMap<RepoIndex, Map<string, Component[]>>()

/** The method that a Ruby delegation calls, if only one method of the name is documented. */
function delegatedTo(repo: RepoIndex, component: Component): Component | undefined {
  if (!isDelegation(component)) return undefined
  let known = delegated.get(repo)
  if (known === undefined) {
    known = new Map()
    for (const one of repo.components.values())
      if (one.file.endsWith('.rb') && one.kind === 'method' && one.doc !== null && !isDelegation(one))
        push(known, one.name, one)
    delegated.set(repo, known)
  }
  const found = known.get(component.name) ?? []
  return found.length === 1 ? found[0] : undefined
}

const declarations = new WeakMap<RepoIndex, Map<string, Component>>()

/** The declaration of a JavaScript definition in a declaration file, if there is exactly one. */
export function declarationOf(repo: RepoIndex, { name, file, parent }: Component): Component | undefined {
  if (parent !== null || !/\.[cm]?jsx?$/.test(file)) return undefined
  let known = declarations.get(repo)
  if (known === undefined) {
    known = new Map()
    const twice = new Set<string>()
    for (const one of repo.components.values()) {
      if (one.parent !== null || !isAmbient(one)) continue
      if (known.has(one.name)) twice.add(one.name)
      known.set(one.name, one)
    }
    for (const one of twice) known.delete(one)
    declarations.set(repo, known)
  }
  return known.get(name)
}

function shapeOf(writing: Writing, component: Component): Inline[] {
  const { repo, texts } = writing
  const { kind, name, file } = component
  const general = expectedBy(repo, component)
  if (general !== undefined) return texts.entry.actualOf(toEntry(general), toFile(general.file, nameOf(general.file)))
  const signature = oneLine(declarationOf(repo, component)?.signature ?? component.signature)
  switch (kind) {
    case 'macro': {
      const text = oneLine(macroText(repo, component) ?? signature)
      return text.length > MAX_CODE || text === name ? [] : [quoted(text)]
    }
    case 'function':
    case 'method': {
      const given = returnedShape(repo, component)
      const called = usersSignature(component, signature).replace(name, () => calledAs(writing, component) ?? name)
      const head = withAsync(repo, component, signature, called)
      const short = signature === name ? '' : shortHead(head, name, repo.files.get(file)?.language ?? '')
      const shown = short === '' ? [] : [quoted(short)]
      return shown.length === 0 || given === undefined ? shown : [...shown, ' → ', quoted(given)]
    }
    case 'constant':
    case 'field':
    case 'type': {
      if (isUnsettled(component)) return []
      const value = readValue(signature, name, repo.files.get(file)?.language ?? '')
      const told = value === null ? '' : value.value === '' ? value.type : value.value
      if (kind === 'type') {
        // The name is beside it, so only the aliased type is shown.
        const meaning = meaningOf(signature)
        if (meaning !== '' && !meaning.startsWith('{') && meaning.length <= MAX_CODE && isWhole(meaning))
          return [quoted(meaning)]
        return typeWords(writing, component)
      }
      if (told === '' || told.includes('…')) {
        const keys = tableKeys(
          codeLines(repo, file, component.startLine, component.endLine),
          repo.files.get(file)?.language ?? '',
        )
        if (keys.length > 1)
          return texts.entry.has(
            few(
              keys.map(code).map((key) => [key]),
              MAX_KEYS,
              texts,
            ),
          )
      }
      if (told === '') return valueShape(repo, component)
      // A value that is too long is left out.
      const shown = told.length <= MAX_CODE && isWhole(told) ? told : (value?.type ?? '')
      const isSaying =
        shown !== '' && shown !== name && shown.length <= MAX_CODE && isWhole(shown) && !/^typeof\b/.test(shown)
      return isSaying ? [quoted(shown)] : []
    }
    default:
      return typeWords(writing, component)
  }
}

const UNSETTLED = /^(?:export )?(?:(?:let|var) |const\s?[{[])/

/** Whether a value is destructured or reassigned later, so that the declaration does not describe it. */
export function isUnsettled({ kind, signature }: Component): boolean {
  return (kind === 'constant' || kind === 'field') && UNSETTLED.test(signature)
}

/** The type after the `=` of an alias, not that of a type parameter. */
function meaningOf(signature: string): string {
  let depth = 0
  for (let at = 0; at < signature.length; at++) {
    const sign = signature[at] ?? ''
    if ('<([{'.includes(sign)) depth++
    else if (')]}'.includes(sign) || (sign === '>' && signature[at - 1] !== '=')) depth--
    else if (sign === '=' && depth === 0)
      return signature
        .slice(at + 1)
        .trim()
        .replace(/;$/, '')
  }
  return ''
}

/** Whether a text is complete: all brackets are closed. */
function isWhole(text: string): boolean {
  let open = 0
  for (const sign of text) open += '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0
  return open === 0 && !text.endsWith('…')
}

/** The value of a constant that takes several lines, if it is short. */
function valueShape(repo: RepoIndex, { file, startLine, endLine }: Component): Inline[] {
  const lines = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_VALUE_LINES))
  const text = oneLine(lines.join(' '))
  if (UNSETTLED.test(text) || hasStringOfLines(lines.join('\n'))) return []
  return (text.includes('=') || text.includes(':')) && text.length <= MAX_CODE && isWhole(text) ? [quoted(text)] : []
}

/** The comment of a type, however short, otherwise the type that it is an alias of. */
function typeWords(writing: Writing, component: Component): Inline[] {
  if (!TYPES.has(component.kind)) return []
  const isElsewhere = isOfAnother(writing.repo, component) || isInBranch(writing.repo, component)
  const own = isElsewhere ? null : docSentence(component.doc)
  const values = own !== null && /[:：]$/.test(textOf(own)) ? valuesOf(writing, component) : []
  if (own !== null && values.length > 0) return [...own, ' ', ...values]
  const said = own === null ? null : tellingSentence(component.doc, component.name, true)
  return said ?? roleOf(writing, component)
}

const quoted = (text: string): Inline => ({ ...code(text), data: { isQuoted: true } })
