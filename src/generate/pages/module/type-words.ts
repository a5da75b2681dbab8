/** What a type is where it has no words of its own: what it stands in for, and what it offers to its users. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { refTo } from '#generate/pages/draft.ts'
import { relationsOf } from '#generate/pages/entry/entry-relations.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { isDeprecated, isError, isOptionsType } from '#generate/pages/public-api/traits.ts'
import { calledInDocuments } from '#generate/pages/readme/documents-calls.ts'
import { isMain, isTestEnd, placesOf, type Survey } from '#generate/pages/survey.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { NO_PARAMETER, parametersOf } from '#generate/signature-parameters.ts'
import { code, type Inline, join, oneLine, refLink } from '#markdown/build.ts'

/** Values of an enum and names that are said of a type. */
const MAX_VALUES = 8
const MAX_NAMES = 6
/** Of so many methods it is said what they take. */
const MAX_HEADS = 3
/** Fewer fields say nothing of what a class does. */
const MIN_FIELDS = 3
/** Types that stand for one that has nothing of its own. */
const MAX_HEIRS = 5
const MAX_STEPS = 8
const MAX_PLACES = 20
const MAX_LINES = 4_000
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
    component.kind === 'enum' ? [] : baseOf(writing, component),
    offersOf(writing, component),
  ].filter((part) => part.length > 0)
  return parts.length > 0 ? join(parts, ' · ') : heirsOf(writing, component)
}

/** The values of an enum that its comment leads on to: `scanners such as: types, methods`. */
export function valuesOf(writing: Writing, component: Component): Inline[] {
  const values = component.kind === 'enum' ? membersOf(writing.survey, component).filter(isValue) : []
  return few(
    values.map((member): Inline[] => [linkTo(member)]),
    MAX_VALUES,
    writing.texts,
  )
}

/** The first type that has something for its users: itself, else what it is made from. */
export function offering(writing: Writing, component: Component): Component {
  const { survey } = writing
  if (component.kind !== 'class' && component.kind !== 'struct') return component
  const hasOwn = (one: Component): boolean => membersOf(survey, one).length > 0 && !isHidden(writing, one)
  if (hasOwn(component) || (survey.members.get(component.id) ?? []).some(({ name }) => MADE.test(name)))
    return component
  return basesOf(survey, component).find((one) => isPublic(one, survey) && hasOwn(one)) ?? component
}

/** What a type is made from, the nearest first. */
function basesOf({ bases, components }: Survey, { id }: Component): Component[] {
  const found = new Set<string>()
  let level = [id]
  for (let step = 0; step < MAX_STEPS && level.length > 0; step++) {
    level = level.flatMap((one) => bases.get(one) ?? []).filter((one) => !found.has(one))
    for (const one of level) found.add(one)
  }
  return [...found].flatMap((one) => components.get(one) ?? [])
}

/** `the default queueClass`: where an option or a parameter has it as its value. */
function defaultOf({ survey, texts }: Writing, component: Component): Inline[] {
  const ends = [...(survey.users.get(component.id)?.keys() ?? [])]
  const paths = new Set(ends.map((end) => survey.components.get(end)?.file ?? end))
  for (const path of [...paths].slice(0, MAX_PLACES)) {
    if (path === component.file || !isMain(path, survey)) continue
    // A default may stand in a place that has no user, such as a constructor.
    for (const line of codeLines(survey, path, 1, MAX_LINES)) {
      const name = line.includes(component.name) ? nameBefore(line.slice(0, MAX_CODE), component.name) : undefined
      const option = name === undefined ? undefined : optionCalled(survey, name)
      if (option !== undefined) return texts.module.defaultOf([linkTo(option)])
    }
  }
  return []
}

/** `queueClass` of `queueClass: PriorityQueue,`. */
function nameBefore(line: string, value: string): string | undefined {
  const [, name, found] = /^\s*['"]?(\w+)['"]?\s*(?::|=>|=)\s*(?:new )?\\?(?:\w+\\)*(\w+)/.exec(line) ?? []
  return found === value ? name : undefined
}

const options = new WeakMap<Survey, Map<string, Component>>()

/** A field with a comment of a type of options. */
function optionCalled(survey: Survey, name: string): Component | undefined {
  let known = options.get(survey)
  if (known === undefined) {
    known = new Map()
    for (const type of survey.components.values())
      if (isOptionsType(type) || /^(?:config|options|settings)$/i.test(type.name))
        for (const member of survey.members.get(type.id) ?? []) if (member.doc !== null) known.set(member.name, member)
    options.set(survey, known)
  }
  return known.get(name)
}

/** `extends Base`, `implements Queue (words)` where that is of the repository; that an error is one says nothing. */
function baseOf(writing: Writing, component: Component): Inline[] {
  const { survey, texts } = writing
  const [base] = (survey.bases.get(component.id) ?? []).flatMap((id) => survey.components.get(id) ?? [])
  if (base === undefined || (isPublic(component, survey) && !isPublic(base, survey))) return []
  const how = survey.heirs.get(base.id)?.get(component.id) ?? 'extends'
  if (how !== 'extends' && how !== 'implements') return []
  const words = how === 'extends' ? null : promiseOf(writing, component)
  if (words === null && how === 'implements' && isError(survey, component)) return []
  return [...texts.relations[how].say(toEntry(base)), ...(words === null ? [] : [' (', ...withoutStop(words), ')'])]
}

/** What the interface that a type implements says of itself. */
function promiseOf({ survey }: Writing, component: Component): Inline[] | null {
  const [base] = (survey.bases.get(component.id) ?? []).flatMap((id) => survey.components.get(id) ?? [])
  if (base === undefined || survey.heirs.get(base.id)?.get(component.id) !== 'implements') return null
  return tellingSentence(base.doc, base.name)
}

/** A sentence as it stands within another. */
function withoutStop(words: readonly Inline[]): Inline[] {
  const last = words.at(-1)
  return last !== undefined && typeof last !== 'string' && last.type === 'text'
    ? [...words.slice(0, -1), last.value.replace(/\.$/, '')]
    : [...words]
}

/** What is implemented or extended by others and has nothing of its own: by which. */
function heirsOf(writing: Writing, component: Component): Inline[] {
  const { survey, texts } = writing
  const [row] = relationsOf(writing, component)
  const ends = (row?.ends ?? []).flatMap((id) => survey.components.get(id) ?? []).filter((one) => isPublic(one, survey))
  if (row === undefined || ends.length === 0) return []
  return texts.relations[row.verb].say(few(ends.map(toEntry), MAX_HEIRS, texts))
}

/** Methods and fields that users have of it, each name once. */
function membersOf(survey: Survey, component: Component): Component[] {
  return (
    (survey.twins.get(component.id) ?? [component])
      .flatMap((one) => [one, ...mixedInBy(survey, one)])
      .flatMap(({ id }) => survey.members.get(id) ?? [])
      .filter((member) => isOffered(survey, member) && !MADE.test(member.name) && member.name !== component.name)
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
  const { texts, survey } = writing
  const members = membersOf(survey, component)
  if (component.kind === 'enum') {
    const values = members.filter(isValue).map((member): Inline[] => [linkTo(member)])
    return values.length < 2 ? inBraces(component) : texts.entry.has(few(values, MAX_VALUES, texts))
  }
  const all = byUse(writing, members.filter(isMethod))
  const isPromised = promiseOf(writing, component) !== null
  const methods = all.filter((member) => !isInherited(writing, component, member, isPromised))
  if (all.length > 0 && methods.length === 0) return []
  const isShape = component.kind === 'interface' || component.kind === 'type'
  const fields = members.filter(isValue)
  if (methods.length === 0 || (isShape && fields.length > 0)) {
    const links = (isShape ? members : fields).map((member): Inline[] => [linkTo(member)])
    if (links.length > 0)
      return !isShape && links.length < MIN_FIELDS ? [] : texts.entry.has(few(links, MAX_VALUES, texts))
    return baseOf(writing, component).length === 0 ? inheritedBy(writing, component) : []
  }
  const isShort = methods.length <= MAX_HEADS
  const heads = methods.map((member): Inline[] => [isShort ? headOf(member) : linkTo(member)])
  // One that takes nothing says nothing of its type.
  const [only] = methods
  const words = methods.length === 1 && only !== undefined ? tellingSentence(only.doc, only.name) : null
  if (only !== undefined && words !== null) return [linkTo(only), texts.colon, ...words]
  if (methods.length === 1 && only !== undefined && (parametersOf(only.signature, only.name) ?? []).every(isNothing))
    return []
  return texts.entry.has(few(heads, MAX_NAMES, texts))
}

const SHAPES = new Set<Component['kind']>(['interface', 'trait'])

const isNothing = (part: string): boolean => part.trim() === '' || NO_PARAMETER.test(part) || part.trim() === 'self'

/** Whether a member is that of a base. @param withPromised - Also of an interface. */
function isInherited({ survey }: Writing, component: Component, { name }: Component, withPromised: boolean): boolean {
  // What is mixed in is the type's own, and what an interface asks for is what it is there for.
  const bases = basesOf(survey, component).filter((base) => {
    const how = survey.heirs.get(base.id)?.get(component.id)
    return how !== 'mixes-in' && (withPromised || (how !== 'implements' && !SHAPES.has(base.kind)))
  })
  return bases.some((base) => membersOf(survey, base).some((member) => member.name === name))
}

/** `dispatch from RegexBasedAbstract`. */
function inheritedBy(writing: Writing, component: Component): Inline[] {
  const { survey, texts } = writing
  for (const base of basesOf(survey, component)) {
    const methods = byUse(writing, membersOf(survey, base).filter(isMethod))
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
  const { survey } = writing
  const said = calledInDocuments(writing)
  return members
    .filter((member) => !isCommon(member))
    .sort(
      (a, b) =>
        (said.get(b.name) ?? 0) - (said.get(a.name) ?? 0) ||
        usersElsewhere(survey, b) - usersElsewhere(survey, a) ||
        placesOf(b, survey).length - placesOf(a, survey).length,
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
function isOffered(survey: Survey, member: Component): boolean {
  const head = member.signature.split('(', 1)[0] ?? ''
  return (
    (isPublic(member, survey) || member.visibility === 'public') &&
    !isDeprecated(member) &&
    /^[\p{L}#]/u.test(member.name) &&
    !/\b(?:protected|private)\b/.test(head)
  )
}

const linkTo = ({ id, name }: Component): Inline => refLink(refTo.component(id), code(name))

/** How much other files use a member: code and examples, tests only where nothing else does. */
function usersElsewhere(survey: Survey, { id, file }: Component): number {
  let [own, tests] = [0, 0]
  for (const end of survey.users.get(id)?.keys() ?? []) {
    if (isTestEnd(end, survey)) tests++
    else if ((survey.components.get(end)?.file ?? end) !== file) own++
  }
  return own > 0 ? 1 + own : tests > 0 ? 1 : 0
}

/** Modules whose methods are those of a class of Ruby. */
function mixedInBy({ bases, heirs, components }: Survey, { id, file }: Component): Component[] {
  const mixed = file.endsWith('.rb')
    ? (bases.get(id) ?? []).filter((one) => heirs.get(one)?.get(id) === 'mixes-in')
    : []
  return mixed.flatMap((one) => components.get(one) ?? [])
}

const isMethod = ({ kind }: Component): boolean => kind === 'method' || kind === 'function'
const isValue = ({ kind }: Component): boolean => kind === 'constant' || kind === 'field'
