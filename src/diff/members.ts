/** Finds changes in a definition and, for a type, in its members. */

import { append } from '#base/long-arrays.ts'
import type { ApiDefinition } from '#store/public-api.ts'
import { type KnownTypes, NOTHING_KNOWN } from './assignable.ts'
import type { Change, Finding, Severity, Side } from './change.ts'
import { constructorOf } from './constructors.ts'
import { type DefinitionIndex, folderOf } from './definition-index.ts'
import { compareDefinitions } from './definitions.ts'
import { hiddenMethod } from './go-embedded.ts'
import { isTypeScript, rulesOf } from './language-rules.ts'
import { pairOverloads } from './overloads.ts'
import { asOverride, hasBridge } from './overrides.ts'
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

const IS_TYPE = /^(?:class|struct|interface|trait|enum|namespace)$/
/** Maximum nesting depth of types. */
const MAX_DEPTH = 8
/** Names of constructors in Python, PHP, Ruby, TypeScript and Swift. */
const CONSTRUCTORS = new Set(['__init__', '__construct', 'initialize', 'constructor', 'init'])

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
  return [...changes, ...memberChanges(pair, indexes, depth), ...defaultConstructor(pair, indexes)]
}

/** Both definitions, with aliases that only one of the versions has replaced by their types. */
function expandAliases({ before, after, language }: Pair, indexes: Indexes): [ApiDefinition, ApiDefinition] {
  const isGo = language === 'go'
  if (!isGo && !isTypeScript(language)) return [before, after]
  const [old, now] = isGo
    ? [indexes.before.goAliasesIn(folderOf(before.file)), indexes.after.goAliasesIn(folderOf(after.file))]
    : [indexes.before.aliases, indexes.after.aliases]
  const rename = (
    definition: ApiDefinition,
    own: ReadonlyMap<string, string>,
    others: ReadonlyMap<string, string>,
  ): ApiDefinition => {
    const signature = definition.signature.replace(/(?<![\w$.])[A-Z][\w$]{0,200}(?![\w$]|[?:(])/g, (name) => {
      const value = others.has(name) || name === definition.name ? undefined : own.get(name)
      return value === undefined ? name : isGo ? value : `(${value})`
    })
    return signature === definition.signature ? definition : { ...definition, signature }
  }
  return [rename(before, old, now), rename(after, now, old)]
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

function memberChanges(pair: Pair, indexes: Indexes, depth: number): Change[] {
  const { before, after, language } = pair
  const [old, now] = [indexes.before.membersOf(before), indexes.after.membersOf(after)]
  const [allOld, allNow] = [indexes.before.allMembersOf(before), indexes.after.allMembersOf(after)]
  const changes: Change[] = []
  const gone: ApiDefinition[] = []
  const fresh: ApiDefinition[] = []
  for (const [name, members] of old) {
    const others = now.get(name) ?? allNow.get(name)
    if (others === undefined) append(gone, members)
    else if (language === 'go' && after.kind === 'struct' && !now.has(name) && members[0]?.kind === 'field') {
      // `T{Config: …}` no longer compiles, though `t.Config` does.
      const rule = { rule: 'name-removed', severity: 'breaking', detail: 'only by embedding' } as const
      for (const member of members) changes.push(changeOf(memberOf(pair, member), rule, member, null))
    } else {
      const found = compareGroup(pair, members, others, indexes, depth)
      const [[member], [other]] = [members, others]
      const isBridged =
        found.length > 0 && member !== undefined && other !== undefined && members.length === 1 && others.length === 1
          ? hasBridge(member, other, indexes.after.inheritedBy(after).get(name), language)
          : false
      append(changes, isBridged ? found.map(asOverride) : found)
    }
  }
  for (const [name, members] of now) {
    if (old.has(name)) continue
    // For callers, an overriding member replaces the inherited one.
    const inherited = allOld.get(name)
    if (inherited === undefined) append(fresh, members)
    else append(changes, compareGroup(pair, inherited, members, indexes, depth).map(asOverride))
  }
  const renamed = pairRenamed(gone, fresh)
  for (const member of gone) {
    const other = renamed.get(member)
    const rule = other === undefined ? 'name-removed' : 'name-renamed'
    const detail = other === undefined ? '' : `\`${other.name}\``
    const change = changeOf(memberOf(pair, member), { rule, severity: 'breaking', detail }, member, other ?? null)
    changes.push(other === undefined ? change : { ...change, is_guess: true })
  }
  const taken = new Set(renamed.values())
  const role = roleIn(pair, indexes)
  for (const member of fresh) {
    if (taken.has(member)) continue
    const hidden = language === 'go' && after.kind === 'struct' ? hiddenMethod(old, member) : undefined
    changes.push(
      hidden === undefined
        ? addedMember(pair, member, language, role)
        : changeOf(
            memberOf(pair, member),
            { rule: 'name-added', severity: 'breaking', detail: `hides \`${hidden}\`` },
            null,
            member,
          ),
    )
  }
  return changes
}

const memberOf = ({ package: owner, name }: Pair, member: ApiDefinition): Pick<Pair, 'package' | 'name'> => ({
  package: owner,
  name: `${name}.${member.name}`,
})

/** Compares members with one name: a pair, or overloads that are distinguished by their parameter types. */
function compareGroup(
  pair: Pair,
  before: readonly ApiDefinition[],
  after: readonly ApiDefinition[],
  indexes: Indexes,
  depth: number,
): Change[] {
  return pairOverloads(before, after, pair.language).flatMap(([old, now]): Change[] => {
    const member = { ...pair, ...memberOf(pair, (old ?? now) as ApiDefinition) }
    if (old !== undefined && now !== undefined)
      return compareWithMembers({ ...member, before: old, after: now }, indexes, depth + 1)
    const severity: Severity = old === undefined ? (now?.required === true ? 'breaking' : 'compatible') : 'breaking'
    const rule = old === undefined ? 'overload-added' : 'overload-removed'
    return [changeOf(member, { rule, severity, detail: '' }, old ?? null, now ?? null)]
  })
}

function addedMember(pair: Pair, member: ApiDefinition, language: string, role: Role): Change {
  const { before, after } = pair
  const rules = rulesOf(language)
  const owner = memberOf(pair, member)
  const add = (rule: Finding['rule'], severity: Severity): Change =>
    changeOf(owner, { rule, severity, detail: '' }, null, member)
  // A type that nobody outside can implement or construct can gain any member.
  if (member.required === true && before.open === undefined && role !== 'read')
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
  // Its constructor is in its signature.
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
