/** Describes an undocumented type by its base types and its members. */

import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { calledInDocuments } from '#generate/pages/readme/documents-calls.ts'
import { isTestEnd, placesOf, type RepoIndex } from '#generate/pages/repo-index.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { NO_PARAMETER, parameterList, parametersOf } from '#generate/signature-parameters.ts'
import { code, type Inline, join, oneLine, refLink } from '#markdown/build.ts'
import { hasOthers, isCommon } from './common-methods.ts'
import { headOf } from './method-head.ts'
import { basesOf, basesWords, heirsOf, toldBases } from './type-bases.ts'

/** Limit on the enum values, and on the names of members. */
const MAX_VALUES = 8
const MAX_NAMES = 6
/** Limit on the members that are all named. */
const MAX_WHOLE = 10
/** Minimum number of methods that documents call, to name only these of many. */
const MIN_CALLED = 3
/** Limit on the methods that are shown with their parameters. */
const MAX_HEADS = 3
/** Limit on the fields that are only counted, for each method that is named. */
const MAX_FIELDS = 4
const MAX_CODE = 120
/** Names of constructors and operators. */
const MADE = /^(?:constructor|new|init|initialize|__\w+__|operator\b.*)$/

/** Base types and members, or the subtypes. */
export function roleOf(writing: Writing, component: Component): Inline[] {
  const parts = [component.kind === 'enum' ? [] : basesWords(writing, component), offersOf(writing, component)].filter(
    (part) => part.length > 0,
  )
  return parts.length > 0 ? join(parts, ' · ') : heirsOf(writing, component)
}

/** Whether only the base types of a type are known. */
export function isOnlyDerived(writing: Writing, component: Component): boolean {
  return (
    component.kind !== 'enum' && offersOf(writing, component).length === 0 && basesWords(writing, component).length > 0
  )
}

/** The values of an enum that its comment introduces: `scanners such as: types, methods`. */
export function valuesOf(writing: Writing, component: Component): Inline[] {
  const values = component.kind === 'enum' ? membersOf(writing, component).filter(isValue) : []
  return few(
    values.map((member): Inline[] => [linkTo(member)]),
    MAX_VALUES,
    writing.texts,
  )
}

/** The public methods and fields; each name once. */
function membersOf(writing: Writing, component: Component): Component[] {
  const { repo } = writing
  return (
    (repo.twins.get(component.id) ?? [component])
      .flatMap((one) => [
        ...(repo.members.get(one.id) ?? []),
        ...mixedInBy(repo, one).flatMap(({ id }) =>
          (repo.members.get(id) ?? []).filter((member) => !isOfModule(member)),
        ),
      ])
      .filter((member) => isOffered(repo, member) && !MADE.test(member.name) && member.name !== component.name)
      .filter((member) => !isHidden(writing, member))
      // A Ruby class may have a method and a constant with the same name.
      .filter(
        (member, index, all) =>
          all.findIndex((other) => other.name === member.name && isMethod(other) === isMethod(member)) === index,
      )
  )
}

/**
 * The values of an enum, the fields of a type with fields only, otherwise the public methods: first those that documents call
 * and that other files use. Fields are among them if documents read some, otherwise they are counted. Members of an interface that is named as a base type are left out.
 */
function offersOf(writing: Writing, component: Component): Inline[] {
  const { texts, repo } = writing
  const members = membersOf(writing, component)
  if (component.kind === 'enum') {
    const values = members.filter(isValue).map((member): Inline[] => [linkTo(member)])
    return values.length < 2 ? inBraces(component) : texts.entry.has(few(values, MAX_VALUES, texts))
  }
  const all = byUse(writing, members.filter(isMethod))
  const promised = all.filter((member) => isInherited(writing, component, member, true))
  // Most members belong to an interface, which is named instead.
  if (toldBases(writing, component).length > 0 && promised.length * 2 >= all.length && all.length > 0) return []
  const methods = all.filter(
    (member) => !isInherited(writing, component, member, false) && !OVERRIDES.test(member.signature),
  )
  if (all.length > 0 && methods.length === 0) return []
  // Overriding methods are not named, but those of a base type that is not named either are counted.
  const unnamed = toldBases(writing, component).length > 0 ? 0 : all.length - methods.length
  const isShape = SHAPES.has(component.kind) || component.kind === 'type'
  // What is added to another type has the fields of that as well.
  if (component.kind === 'type' && INTERSECTION.test(component.signature)) return []
  const fields = members.filter(isValue)
  if (methods.length === 0 || (isShape && fields.length > 0)) {
    const named = isShape ? members : fields
    if (named.length > 0) return hasWords(writing, component, named, MAX_VALUES)
    return toldBases(writing, component).length === 0 ? inheritedBy(writing, component) : []
  }
  // C# types are described by their properties.
  if (fields.length > 0 && component.file.endsWith('.cs'))
    return hasWords(writing, component, [...byUse(writing, fields), ...methods])
  const said = calledInDocuments(writing)
  const offered = [...methods, ...fields]
  if (offered.length > MAX_HEADS && fields.some(({ name }) => said.has(name)))
    return hasWords(writing, component, byUse(writing, offered))
  const [only] = methods
  if (methods.length === 1 && only !== undefined) {
    // A comment that only repeats the names of the type and the method says nothing.
    const told = overloadsOf(repo, only).find(({ doc }) => doc !== null) ?? only
    const words = tellingSentence(told.doc, isShape ? `${component.name} ${only.name}` : only.name)
    if (words !== null) return [linkTo(only), texts.colon, ...words]
    // The only method of an interface describes it; that of a class does not.
    const takesNothing = parametersOf(only.signature, only.name)?.every(isNothing) !== false
    if (!isShape || takesNothing) return []
    return texts.entry.has(unnamed > 0 ? texts.andMore([headOf(only)], unnamed) : [headOf(only)])
  }
  const isShort = methods.length <= MAX_HEADS
  const called = methods.length <= MAX_NAMES + 1 ? methods : calledOf(writing, methods)
  if (called.length === 0) return []
  const some = methods.length <= MAX_WHOLE ? methods : called
  // The constructor comes first, since nothing else can be called without it.
  const told = [...new Set([...makerOf(repo, component), ...some])]
  const others = methods.filter((one) => !told.includes(one)).length
  // A few fields are named, too, rather than counted.
  const named = others === 0 && told.length + fields.length <= MAX_NAMES ? fields : []
  const heads = join(
    [
      ...told.map((member): Inline[] => [isShort ? headOf(member) : linkTo(member)]),
      ...named.map((one) => [linkTo(one)]),
    ],
    texts.comma,
  )
  // A few methods of a type with many fields do not describe it.
  if (others > told.length || fields.length > MAX_FIELDS * told.length) return []
  const left = others + unnamed + fields.length - named.length
  if (left > 0) return texts.entry.has(texts.andMore(heads, left))
  return texts.entry.has(hasOthers(writing.repo, component, [...told, ...named]) ? texts.andOthers(heads) : heads)
}

/** The values and methods by name, first those that documents call and other files use. */
export function memberWords(writing: Writing, component: Component): Inline[] {
  const members = membersOf(writing, component)
  const methods = members.filter(
    (member) => isMethod(member) && !OVERRIDES.test(member.signature) && !isInherited(writing, component, member, true),
  )
  // The only method of a class does not describe it.
  if (members.length === 1 && methods.length === 1 && !SHAPES.has(component.kind)) return []
  return hasWords(writing, component, [...byUse(writing, members.filter(isValue)), ...byUse(writing, methods)])
}

/** A few of the members, if these are most of them; a few of many do not describe a type. */
function hasWords(writing: Writing, component: Component, members: readonly Component[], max = MAX_NAMES): Inline[] {
  const { texts } = writing
  if (members.length === 0 || members.length > Math.max(2 * max, MAX_WHOLE)) return []
  const links = members.map((member): Inline[] => [linkTo(member)])
  const named = few(links, members.length <= MAX_WHOLE ? MAX_WHOLE : max, texts)
  const isPartial = members.length <= MAX_WHOLE && hasOthers(writing.repo, component, members)
  // A few constants beside what is not named do not describe a class.
  if (isPartial && component.kind === 'class' && members.every(isConstant)) return []
  return texts.entry.has(isPartial ? texts.andOthers(named) : named)
}

/** The function of a Rust type that returns a value of it: `new`, otherwise the first one. */
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

/** The methods of the same name of a type, of which any may have the comment. */
function overloadsOf(repo: RepoIndex, method: Component): Component[] {
  return (repo.members.get(method.parent ?? '') ?? []).filter((one) => isMethod(one) && one.name === method.name)
}

/** Of many methods, those that documents call. */
function calledOf(writing: Writing, methods: readonly Component[]): Component[] {
  const said = calledInDocuments(writing)
  const told = methods.filter(({ name }) => said.has(name))
  return told.length < MIN_CALLED ? [] : told.slice(0, MAX_NAMES)
}

const SHAPES = new Set<Component['kind']>(['interface', 'trait'])
/** `Options & { size: number }` */
const INTERSECTION = /=\s*[\w.]{1,100}(?:<[^<>]{0,200}>)?\s*&|\}\s*&\s*\w/
/** Matches the modifier `override`. */
const OVERRIDES = /^(?:@\w+ |[a-z]+ ){0,6}override\b/

/** Matches the modifiers of a field that belongs to its class. */
const CONSTANT = /^(?:@\w+ |[a-z]+ ){0,6}(?:const|static)\b/

const isNothing = (part: string): boolean => part.trim() === '' || NO_PARAMETER.test(part) || part.trim() === 'self'

/** Whether a member comes from a base type. @param withPromised - Also count members of interfaces. */
function isInherited(writing: Writing, component: Component, { name }: Component, withPromised: boolean): boolean {
  // Members of mixins and, by default, of interfaces count as its own.
  const { repo } = writing
  const bases = basesOf(repo, component).filter((base) => {
    const how = repo.heirs.get(base.id)?.get(component.id)
    return how !== 'mixes-in' && (withPromised || (how !== 'implements' && !SHAPES.has(base.kind)))
  })
  return bases.some((base) => membersOf(writing, base).some((member) => member.name === name))
}

/** The inherited methods of a type without its own: `dispatch from RegexBasedAbstract`. */
function inheritedBy(writing: Writing, component: Component): Inline[] {
  const { repo, texts } = writing
  for (const base of basesOf(repo, component)) {
    const methods = byUse(writing, membersOf(writing, base).filter(isMethod))
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

/** The values in a signature, if they are short. */
function inBraces({ signature }: Component): Inline[] {
  const [, values = ''] = /\{([^{}]{1,200})\}/.exec(oneLine(signature)) ?? []
  const text = values.trim().replace(/,$/, '')
  return text.length > MAX_CODE || !text.includes(',') ? [] : [{ ...code(text), data: { isQuoted: true } }]
}

/** Whether a member is public, at least within its type if that is internal, not only for subtypes, and has a name of letters. */
function isOffered(repo: RepoIndex, member: Component): boolean {
  const [head = ''] = member.signature.split(/[({]/, 1)
  const owner = repo.components.get(member.parent ?? '')
  const isInside = owner !== undefined && !isPublic(owner, repo)
  return (
    (isPublic(member, repo) || (isInside && member.visibility === 'public')) &&
    !isDeprecated(member) &&
    /^[\p{L}#]/u.test(member.name) &&
    !/\b(?:protected|private)\b/.test(head)
  )
}

const linkTo = ({ id, name }: Component): Inline => refLink(refTo.component(id), code(name))

/** The number of users of a member in the code and examples of other files; in tests, only if there are no others. */
function usersElsewhere(repo: RepoIndex, { id, file }: Component): number {
  let [own, tests] = [0, 0]
  for (const end of repo.users.get(id)?.keys() ?? []) {
    if (isTestEnd(end, repo)) tests++
    else if ((repo.components.get(end)?.file ?? end) !== file) own++
  }
  return own > 0 ? 1 + own : tests > 0 ? 1 : 0
}

/** The modules that a Ruby class mixes in. */
function mixedInBy({ bases, heirs, components }: RepoIndex, { id, file }: Component): Component[] {
  const mixed = file.endsWith('.rb')
    ? (bases.get(id) ?? []).filter((one) => heirs.get(one)?.get(id) === 'mixes-in')
    : []
  return mixed.flatMap((one) => components.get(one) ?? [])
}

/** Whether a member of a Ruby module is one of the module itself, which `include` does not pass on. */
const isOfModule = ({ signature }: Component): boolean => /^(?:class << self; |def (?:self|[A-Z]\w*)\.)/.test(signature)

const isMethod = ({ kind }: Component): boolean => kind === 'method' || kind === 'function'
const isConstant = ({ kind, signature }: Component): boolean =>
  kind === 'constant' || (kind === 'field' && CONSTANT.test(signature))
const isValue = ({ kind }: Component): boolean => kind === 'constant' || kind === 'field'
