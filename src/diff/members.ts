/** Compares two versions of a definition and, for a type, of its members. */

import type { ApiDefinition } from '#store/public-api.ts'
import { type KnownTypes, NOTHING_KNOWN } from './assignable.ts'
import type { Change, Finding, Severity, Side } from './change.ts'
import { constructorOf } from './constructors.ts'
import type { DefinitionIndex } from './definition-index.ts'
import { compareDefinitions } from './definitions.ts'
import { expandAliases } from './expand-aliases.ts'
import { hiddenMethod } from './go-embedded.ts'
import { isTypeScript, rulesOf } from './language-rules.ts'
import { pairOverloads } from './overloads.ts'
import { asOverride, hasBridge, hidesInherited } from './overrides.ts'
import { pairRenamed } from './renames.ts'
import type { Role } from './roles.ts'
import { readSignature } from './signatures.ts'

/** Two versions of a definition that users refer to by one name. */
export interface Pair {
  before: ApiDefinition
  after: ApiDefinition
  /** The name as users write it. */
  name: string
  package: string
  language: string
}

export interface Indexes {
  before: DefinitionIndex
  after: DefinitionIndex
  /** TypeScript types of both versions. */
  known: KnownTypes
}

type Definitions = readonly ApiDefinition[]

interface Nesting {
  indexes: Indexes
  /** Number of types around the members that are being compared. */
  depth: number
}

const IS_TYPE = /^(?:class|struct|interface|trait|enum|namespace)$/
/** Maximum nesting depth of types. */
const MAX_DEPTH = 8
/** Names of constructors in Python, PHP, Ruby, TypeScript and Swift. */
const CONSTRUCTORS = new Set(['__init__', '__construct', 'initialize', 'constructor', 'init'])

/** @param depth - Number of types around the definition that are being compared. */
export function compareWithMembers(pair: Pair, indexes: Indexes, depth = 0): Change[] {
  const { before, after, language } = pair
  const surroundings = {
    ancestors: (one: ApiDefinition) => indexes.after.ancestorNamesOf(one, language),
    role: roleIn(pair, indexes),
    constructorsOf: (old: ApiDefinition, now: ApiDefinition) =>
      [
        constructorOf(old, language, indexes.before.basesOf),
        constructorOf(now, language, indexes.after.basesOf),
      ] as const,
    known: isTypeScript(language) ? indexes.known : NOTHING_KNOWN,
  }
  const found = compareDefinitions(...expandAliases(pair, indexes), language, surroundings)
  const changes = found.map((finding) => changeOf(pair, finding, before, after))
  if (!IS_TYPE.test(before.kind) || !IS_TYPE.test(after.kind) || depth >= MAX_DEPTH) return changes
  return [...changes, ...memberChanges(pair, { indexes, depth }), ...defaultConstructor(pair, indexes)]
}

/** How users use a definition in both versions. */
function roleIn({ before, after, language }: Pair, indexes: Indexes): Role {
  if (!isTypeScript(language)) return 'either'
  const [old, now] = [indexes.before.roleOf(before), indexes.after.roleOf(after)]
  return old === now ? old : 'either'
}

/** A change of a pair, or of a definition on one side. */
export function changeOf(
  { package: owner, name }: Pick<Pair, 'package' | 'name'>,
  { rule, severity, detail }: Finding,
  before: ApiDefinition | null,
  after: ApiDefinition | null,
): Change {
  return {
    rule,
    severity,
    package: owner,
    name,
    detail,
    before: before && sideOf(before),
    after: after && sideOf(after),
  }
}

export function sideOf({ file, line, end, signature }: ApiDefinition): Side {
  return { file, line, end, text: signature }
}

function memberChanges(pair: Pair, at: Nesting): Change[] {
  const { before, after } = pair
  const { indexes } = at
  const [old, now] = [indexes.before.membersOf(before), indexes.after.membersOf(after)]
  const [allOld, allNow] = [indexes.before.allMembersOf(before), indexes.after.allMembersOf(after)]
  const gone = [...old].flatMap(([name, members]) => (now.has(name) || allNow.has(name) ? [] : members))
  const fresh = [...now].flatMap(([name, members]) => (old.has(name) || allOld.has(name) ? [] : members))
  const renamed = pairRenamed(gone, fresh)
  const newNames = new Set(renamed.values())
  return [
    ...[...old].flatMap(([name, members]) => {
      const own = now.get(name)
      const inherited = allNow.get(name)
      if (own !== undefined) return declaredInBoth(pair, members, own, at)
      return inherited === undefined ? [] : nowInherited(pair, members, inherited, at)
    }),
    ...[...now].flatMap(([name, members]) => {
      // For callers, an overriding member replaces the inherited one.
      const inherited = old.has(name) ? undefined : allOld.get(name)
      if (inherited === undefined) return []
      const found = compareGroup(pair, inherited, members, at)
      return hidesInherited(members, pair.language) ? found : found.map(asOverride)
    }),
    ...gone.map((member) => removedMember(pair, member, renamed.get(member))),
    ...fresh.filter((member) => !newNames.has(member)).map((member) => addedMember(pair, member, old, indexes)),
  ]
}

/** Compares the members of one name that a type declared, with those that it inherits now. */
function nowInherited(pair: Pair, before: Definitions, after: Definitions, at: Nesting): Change[] {
  if (!isGoStruct(pair) || before[0]?.kind !== 'field') return declaredInBoth(pair, before, after, at)
  // `T{Config: …}` no longer compiles, though `t.Config` does.
  const finding = { rule: 'name-removed', severity: 'breaking', detail: 'only by embedding' } as const
  return before.map((member) => changeOf(memberOf(pair, member), finding, member, null))
}

/** Compares the members of one name. A change of the result type breaks nothing if the compiler generates a bridge method. */
function declaredInBoth(pair: Pair, before: Definitions, after: Definitions, at: Nesting): Change[] {
  const found = compareGroup(pair, before, after, at)
  const [member, ...overloads] = before
  const [other, ...otherOverloads] = after
  if (found.length === 0 || member === undefined || other === undefined) return found
  if (overloads.length > 0 || otherOverloads.length > 0) return found
  const inherited = at.indexes.after.inheritedBy(pair.after).get(member.name)
  return hasBridge(member, other, pair.language, inherited) ? found.map(asOverride) : found
}

/** @param renamed - The new member that is probably the same under another name. */
function removedMember(pair: Pair, member: ApiDefinition, renamed: ApiDefinition | undefined): Change {
  const owner = memberOf(pair, member)
  if (renamed === undefined)
    return changeOf(owner, { rule: 'name-removed', severity: 'breaking', detail: '' }, member, null)
  const finding = { rule: 'name-renamed', severity: 'breaking', detail: `\`${renamed.name}\`` } as const
  return { ...changeOf(owner, finding, member, renamed), is_guess: true }
}

const isGoStruct = ({ language, after }: Pair): boolean => language === 'go' && after.kind === 'struct'

/** The package and full name of a member. */
const memberOf = ({ package: owner, name }: Pair, member: ApiDefinition): Pick<Pair, 'package' | 'name'> => ({
  package: owner,
  name: `${name}.${member.name}`,
})

/** Compares members with one name: a pair, or overloads that are distinguished by their parameter types. */
function compareGroup(pair: Pair, before: Definitions, after: Definitions, at: Nesting): Change[] {
  return pairOverloads(before, after, pair.language).flatMap(([old, now]): Change[] => {
    const member = { ...pair, ...memberOf(pair, (old ?? now) as ApiDefinition) }
    if (old !== undefined && now !== undefined)
      return compareWithMembers({ ...member, before: old, after: now }, at.indexes, at.depth + 1)
    const severity: Severity = old === undefined ? (now?.required === true ? 'breaking' : 'compatible') : 'breaking'
    const rule = old === undefined ? 'overload-added' : 'overload-removed'
    return [changeOf(member, { rule, severity, detail: '' }, old ?? null, now ?? null)]
  })
}

/** @param old - The members of the type in the old version, by name. */
function addedMember(
  pair: Pair,
  member: ApiDefinition,
  old: ReadonlyMap<string, Definitions>,
  indexes: Indexes,
): Change {
  const { before, after, language } = pair
  const rules = rulesOf(language)
  const add = (rule: Finding['rule'], severity: Severity, detail = ''): Change =>
    changeOf(memberOf(pair, member), { rule, severity, detail }, null, member)
  const hidden = isGoStruct(pair) ? hiddenMethod(old, member) : undefined
  if (hidden !== undefined) return add('name-added', 'breaking', `hides \`${hidden}\``)
  // A type that users can neither implement nor construct can gain any member.
  if (member.required === true && before.open === undefined && roleIn(pair, indexes) !== 'read')
    return add('required-member-added', 'breaking')
  if (
    after.kind === 'enum' &&
    member.kind === 'constant' &&
    before.open === undefined &&
    rules.variant !== 'compatible'
  )
    return add('variant-added', rules.variant)
  if (after.kind === 'struct' && member.kind === 'field' && before.open === undefined && rules.field !== 'compatible')
    return add('field-added', rules.field)
  if (CONSTRUCTORS.has(member.name) && !after.signature.includes('constructor('))
    return add('name-added', addedConstructor(member, language))
  return add('name-added', 'compatible')
}

/** The first constructor of a type that had none: calls without arguments fail if it requires one. */
function addedConstructor(member: ApiDefinition, language: string): Severity {
  const { parameters } = readSignature(member.signature, member.name, member.kind, language)
  return parameters?.some(({ isOptional }) => !isOptional) === true ? 'unknown' : 'compatible'
}

/** A public constructor that the language provided, and that disappeared because the class now declares others. */
function defaultConstructor(pair: Pair, { after: index }: Indexes): Change[] {
  const { before, after, language } = pair
  if (before.constructible === undefined || after.constructible !== undefined || after.kind !== 'class') return []
  // In TypeScript, the signature of a class contains the constructor.
  if (isTypeScript(language)) return []
  const own = index.membersOf(after).get(after.name) ?? []
  const isThere = own.some(
    ({ signature, visibility }) => visibility === 'public' && signature.includes(`${after.name}()`),
  )
  if (isThere || /\babstract\b/.test(before.signature)) return []
  return [
    changeOf(pair, { rule: 'constructor-removed', severity: 'breaking', detail: `\`${after.name}()\`` }, before, after),
  ]
}
