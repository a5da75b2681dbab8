/** What a type is where it has no words of its own: what it stands in for, and what it offers to its users. */

import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { calledInDocuments } from '#generate/pages/readme/documents-calls.ts'
import { isTestEnd, placesOf, type RepoIndex } from '#generate/pages/repo-index.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import type { Texts } from '#generate/pages/texts/texts.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { NO_PARAMETER, parameterList, parametersOf } from '#generate/signature-parameters.ts'
import { code, type Inline, join, oneLine, refLink } from '#markdown/build.ts'
import { defaultOf } from './default-of.ts'
import { basesOf, basesWords, heirsOf, toldBases } from './type-bases.ts'

/** Values of an enum and names that are said of a type. */
const MAX_VALUES = 8
const MAX_NAMES = 6
/** Of many methods, of which documents call some. */
const MIN_CALLED = 3
/** Of so many methods it is said what they take. */
const MAX_HEADS = 3
const MAX_CODE = 120
/** Makes a value. */
const MADE = /^(?:constructor|new|init|initialize|__\w+__|operator\b.*)$/
/** What any type may have, by the end of its file. */
const COMMON: readonly (readonly [file: RegExp, name: RegExp])[] = [
  [/\.rs$/, /^(?:from|into|try_from|try_into|fmt|clone|default|drop|eq|ne|cmp|partial_cmp|hash|deref|deref_mut)$/],
  [/\.php$/, /^(?:offset(?:Exists|Get|Set|Unset)|jsonSerialize|getIterator)$/],
  [/\.cs$/, /^(?:ToString|GetHashCode|Equals)$/],
  [/\.rb$/, /^(?:to_s|inspect)$/],
  [/./, /^(?:toString|hashCode|equals)$/],
]

function isCommon({ file, name }: Component): boolean {
  return COMMON.some(([ofFile, ofName]) => ofFile.test(file) && ofName.test(name))
}

/** What a type without words stands in for and offers, or what stands for it. */
export function roleOf(writing: Writing, component: Component): Inline[] {
  const parts = [
    defaultOf(writing, component),
    component.kind === 'enum' ? [] : basesWords(writing, component),
    offersOf(writing, component),
  ].filter((part) => part.length > 0)
  return parts.length > 0 ? join(parts, ' · ') : heirsOf(writing, component)
}

/** The values of an enum that its comment leads on to: `scanners such as: types, methods`. */
export function valuesOf(writing: Writing, component: Component): Inline[] {
  const values = component.kind === 'enum' ? membersOf(writing.repo, component).filter(isValue) : []
  return few(
    values.map((member): Inline[] => [linkTo(member)]),
    MAX_VALUES,
    writing.texts,
  )
}

/** Methods and fields that users have of it, each name once. */
function membersOf(repo: RepoIndex, component: Component): Component[] {
  return (
    (repo.twins.get(component.id) ?? [component])
      .flatMap((one) => [one, ...mixedInBy(repo, one)])
      .flatMap(({ id }) => repo.members.get(id) ?? [])
      .filter((member) => isOffered(repo, member) && !MADE.test(member.name) && member.name !== component.name)
      // In Ruby a method of the class may have the name of a value.
      .filter(
        (member, index, all) =>
          all.findIndex((other) => other.name === member.name && isMethod(other) === isMethod(member)) === index,
      )
  )
}

/**
 * Of an enum its values, of what only has fields those, else its public methods by name, those first that documents call and that other
 * files use. What its interface promises is not told again where that is said.
 */
function offersOf(writing: Writing, component: Component): Inline[] {
  const { texts, repo } = writing
  const members = membersOf(repo, component)
  if (component.kind === 'enum') {
    const values = members.filter(isValue).map((member): Inline[] => [linkTo(member)])
    return values.length < 2 ? inBraces(component) : texts.entry.has(few(values, MAX_VALUES, texts))
  }
  const all = byUse(writing, members.filter(isMethod))
  const promised = all.filter((member) => isInherited(writing, component, member, true))
  // That it does what an interface asks for is said by naming that.
  if (toldBases(writing, component).length > 0 && promised.length * 2 >= all.length && all.length > 0) return []
  const methods = all.filter(
    (member) => !isInherited(writing, component, member, false) && !OVERRIDES.test(member.signature),
  )
  if (all.length > 0 && methods.length === 0) return []
  const isShape = SHAPES.has(component.kind) || component.kind === 'type'
  const fields = members.filter(isValue)
  if (methods.length === 0 || (isShape && fields.length > 0)) {
    const links = (isShape ? members : fields).map((member): Inline[] => [linkTo(member)])
    if (links.length > 0) return texts.entry.has(few(links, MAX_VALUES, texts))
    return toldBases(writing, component).length === 0 ? inheritedBy(writing, component) : []
  }
  // Properties of C# are what its values are read by.
  if (fields.length > 0 && component.file.endsWith('.cs'))
    return hasWords(texts, [...byUse(writing, fields), ...methods])
  const [only] = methods
  if (methods.length === 1 && only !== undefined) {
    // Of `Handler` it is no news that its `handle` handles something.
    const words = tellingSentence(only.doc, isShape ? `${component.name} ${only.name}` : only.name)
    if (words !== null) return [linkTo(only), texts.colon, ...words]
    // One method is what an interface asks for, but not what a class is.
    const takesNothing = (parametersOf(only.signature, only.name) ?? []).every(isNothing)
    return !isShape || takesNothing ? [] : texts.entry.has([headOf(only)])
  }
  const isShort = methods.length <= MAX_HEADS
  const some = methods.length <= MAX_NAMES + 1 ? methods : calledOf(writing, methods)
  if (some.length === 0) return []
  // Without what makes a value nothing else of it can be called.
  const told = [...new Set([...makerOf(repo, component), ...some])]
  const heads = join(
    told.map((member): Inline[] => [isShort ? headOf(member) : linkTo(member)]),
    texts.comma,
  )
  const left = methods.filter((one) => !told.includes(one)).length
  return texts.entry.has(left > 0 ? texts.andMore(heads, left) : heads)
}

/** Its values and methods by name, those that documents call and other files use first, where nothing else tells of it. */
export function memberWords(writing: Writing, component: Component): Inline[] {
  const { texts, repo } = writing
  const members = membersOf(repo, component)
  const methods = members.filter((member) => isMethod(member) && !OVERRIDES.test(member.signature))
  return hasWords(texts, [...byUse(writing, members.filter(isValue)), ...byUse(writing, methods)])
}

const hasWords = (texts: Texts, members: readonly Component[]): Inline[] =>
  members.length === 0
    ? []
    : texts.entry.has(
        few(
          members.map((member): Inline[] => [linkTo(member)]),
          MAX_NAMES,
          texts,
        ),
      )

/** The function of a type of Rust that gives a value of it: `new`, else the first; none where nothing does. */
function makerOf(repo: RepoIndex, { id, name, file }: Component): Component[] {
  if (!file.endsWith('.rs')) return []
  const makers = (repo.members.get(id) ?? []).filter((member) => {
    const list = isMethod(member) && isOffered(repo, member) ? parameterList(member.signature, member.name) : null
    if (list === null || isCommon(member) || list.parts.some((part) => /\bself\b/.test(part))) return false
    const result: readonly string[] = member.signature.slice(list.end).match(/\w+/g) ?? []
    return result.includes('Self') || result.includes(name)
  })
  return [...makers.filter((one) => one.name === 'new'), ...makers].slice(0, 1)
}

/** Of many methods those that documents call: which few of them matter nothing else tells. */
function calledOf(writing: Writing, methods: readonly Component[]): Component[] {
  const said = calledInDocuments(writing)
  const told = methods.filter(({ name }) => said.has(name))
  return told.length < MIN_CALLED ? [] : told.slice(0, MAX_NAMES)
}

const SHAPES = new Set<Component['kind']>(['interface', 'trait'])
/** It has its method from what it is made from. */
const OVERRIDES = /^(?:@\w+ |[a-z]+ ){0,6}override\b/

const isNothing = (part: string): boolean => part.trim() === '' || NO_PARAMETER.test(part) || part.trim() === 'self'

/** Whether a member is that of a base. @param withPromised - Also of an interface. */
function isInherited({ repo }: Writing, component: Component, { name }: Component, withPromised: boolean): boolean {
  // What is mixed in is the type's own, and what an interface asks for is what it is there for.
  const bases = basesOf(repo, component).filter((base) => {
    const how = repo.heirs.get(base.id)?.get(component.id)
    return how !== 'mixes-in' && (withPromised || (how !== 'implements' && !SHAPES.has(base.kind)))
  })
  return bases.some((base) => membersOf(repo, base).some((member) => member.name === name))
}

/** `dispatch from RegexBasedAbstract`. */
function inheritedBy(writing: Writing, component: Component): Inline[] {
  const { repo, texts } = writing
  for (const base of basesOf(repo, component)) {
    const methods = byUse(writing, membersOf(repo, base).filter(isMethod))
    if (methods.length === 0) continue
    const names = few(
      methods.map((member): Inline[] => [linkTo(member)]),
      MAX_NAMES,
      texts,
    )
    return texts.entry.has([...names, ' ', ...texts.entry.from(toEntry(base))])
  }
  return []
}

function byUse(writing: Writing, members: readonly Component[]): Component[] {
  const { repo } = writing
  const said = calledInDocuments(writing)
  return members
    .filter((member) => !isCommon(member))
    .sort(
      (a, b) =>
        (said.get(b.name) ?? 0) - (said.get(a.name) ?? 0) ||
        usersElsewhere(repo, b) - usersElsewhere(repo, a) ||
        placesOf(b, repo).length - placesOf(a, repo).length,
    )
}

/** `get(key, loader)`, where that is short. */
function headOf(member: Component): Inline {
  const isRuby = member.file.endsWith('.rb')
  const names = (parametersOf(member.signature, member.name) ?? [])
    .filter((part) => !NO_PARAMETER.test(part) && part !== 'self')
    .map((part) =>
      part
        .split(/[:=]/, 1)[0]
        ?.trim()
        .split(isRuby ? /\s/ : /[\s&*]/)
        .at(-1)
        ?.replace(/\?$/, ''),
    )
    .map((name) =>
      name !== undefined && /^(?:\.\.\.|[&*]{1,2})?\$?[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : undefined,
    )
  const head = `${member.name}(${names.join(', ')})`
  return names.some((name) => name === undefined) || head.length > MAX_CODE / 2
    ? linkTo(member)
    : refLink(refTo.component(member.id), code(head))
}

/** The values that a signature has, where they are short. */
function inBraces({ signature }: Component): Inline[] {
  const [, values = ''] = /\{([^{}]{1,200})\}/.exec(oneLine(signature)) ?? []
  const text = values.trim().replace(/,$/, '')
  return text.length > MAX_CODE || !text.includes(',') ? [] : [{ ...code(text), data: { isQuoted: true } }]
}

/** Public, with a name of letters, and not for heirs alone. */
function isOffered(repo: RepoIndex, member: Component): boolean {
  const [head = ''] = member.signature.split(/[({]/, 1)
  return (
    (isPublic(member, repo) || member.visibility === 'public') &&
    !isDeprecated(member) &&
    /^[\p{L}#]/u.test(member.name) &&
    !/\b(?:protected|private)\b/.test(head)
  )
}

const linkTo = ({ id, name }: Component): Inline => refLink(refTo.component(id), code(name))

/** How much other files use a member: code and examples, tests only where nothing else does. */
function usersElsewhere(repo: RepoIndex, { id, file }: Component): number {
  let [own, tests] = [0, 0]
  for (const end of repo.users.get(id)?.keys() ?? []) {
    if (isTestEnd(end, repo)) tests++
    else if ((repo.components.get(end)?.file ?? end) !== file) own++
  }
  return own > 0 ? 1 + own : tests > 0 ? 1 : 0
}

/** Modules whose methods are those of a class of Ruby. */
function mixedInBy({ bases, heirs, components }: RepoIndex, { id, file }: Component): Component[] {
  const mixed = file.endsWith('.rb')
    ? (bases.get(id) ?? []).filter((one) => heirs.get(one)?.get(id) === 'mixes-in')
    : []
  return mixed.flatMap((one) => components.get(one) ?? [])
}

const isMethod = ({ kind }: Component): boolean => kind === 'method' || kind === 'function'
const isValue = ({ kind }: Component): boolean => kind === 'constant' || kind === 'field'
