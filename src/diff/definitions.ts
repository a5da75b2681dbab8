/** Compares two versions of one definition, without its members. */

import { codeSpan } from '#base/code-spans.ts'
import { append } from '#base/long-arrays.ts'
import type { ApiDefinition } from '#store/public-api.ts'
import type { KnownTypes } from './assignable.ts'
import { callChanges } from './calls.ts'
import type { Finding, Severity } from './change.ts'
import { type Constructors, constructorChanges } from './constructors.ts'
import { isScript, rulesOf } from './language-rules.ts'
import { normalType } from './normal-type.ts'
import { standardBasesOf } from './python-bases.ts'
import type { Role } from './roles.ts'
import { basesIn, outsideBrackets, readSignature, type Signature } from './signatures.ts'
import { splitAt } from './split-at.ts'
import { typeParametersChange } from './type-parameters.ts'
import { valueChanges } from './values.ts'

/** Information about a definition that comes from the rest of its set. */
export interface Surroundings {
  /** Names of all supertypes, as far as the sets contain them. */
  ancestors(definition: ApiDefinition): ReadonlySet<string>
  /** How users use the type; for a member, how they use its type. */
  role: Role
  /** Parameters of the constructors that users of two classes call, which may be inherited. */
  constructorsOf(before: ApiDefinition, after: ApiDefinition): Constructors
  known: KnownTypes
}

const VISIBILITIES = ['private', 'internal', 'protected', 'public']

/** Kinds that users use in the same way. */
const ALIKE = new Map([
  ['constant', 'value'],
  ['field', 'value'],
  ['method', 'function'],
  ['struct', 'class'],
])

/** Modifiers, with the severity of gaining and of losing one. */
const MODIFIERS: readonly (readonly [string, gained: Severity, lost: Severity])[] = [
  ['abstract', 'breaking', 'compatible'],
  ['async', 'breaking', 'breaking'],
  ['final', 'breaking', 'compatible'],
  ['mutating', 'breaking', 'compatible'],
  ['open', 'compatible', 'breaking'],
  ['readonly', 'breaking', 'compatible'],
  ['sealed', 'breaking', 'compatible'],
  ['static', 'breaking', 'breaking'],
  ['suspend', 'breaking', 'breaking'],
  ['unsafe', 'breaking', 'compatible'],
  ['property', 'breaking', 'breaking'],
  ['virtual', 'compatible', 'breaking'],
  ['const', 'compatible', 'breaking'],
  ['classmethod', 'unknown', 'unknown'],
  ['staticmethod', 'unknown', 'unknown'],
]
/** Modifiers that mean something else, or nothing, to users of a language. */
const NOT_HERE: Readonly<Record<string, readonly string[]>> = {
  typescript: ['async'],
  tsx: ['async'],
  vue: ['async'],
  svelte: ['async'],
  cpp: ['final', 'virtual'],
  c: ['static'],
  swift: ['final'],
  kotlin: ['final'],
}
/** Modifiers that count only in these languages. */
const ONLY_HERE: Readonly<Record<string, readonly string[]>> = { const: ['rust'], virtual: ['csharp'] }

export function compareDefinitions(
  before: ApiDefinition,
  after: ApiDefinition,
  language: string,
  { ancestors, role, constructorsOf, known }: Surroundings,
): Finding[] {
  const context = { language, rules: rulesOf(language), known }
  const findings = [...visibilityChanges(before, after), ...deprecationChanges(before, after)]
  const kindSeverity = severityOfKind(before, after, language)
  // The signatures of different kinds cannot be compared.
  if (kindSeverity !== undefined)
    return [...findings, { rule: 'kind-changed', severity: kindSeverity, detail: `${before.kind} → ${after.kind}` }]
  const add = (rule: Finding['rule'], severity: Severity, detail: string): number =>
    findings.push({ rule, severity, detail })
  if (language === 'go' && after.kind === 'interface' && before.open === undefined && after.open !== undefined)
    add('required-member-added', 'breaking', 'not exported')
  if (before.signature === after.signature && sameList(before.overloads, after.overloads)) return findings
  const [old, now] = [before, after].map((one) => readSignature(one.signature, one.name, one.kind, language)) as [
    Signature,
    Signature,
  ]
  append(findings, modifierChanges(old, now, language, after.kind))
  if (
    language === 'go' &&
    /^func \((?:\w+ )?\w+[)[]/.test(before.signature) &&
    /^func \((?:\w+ )?\*/.test(after.signature)
  )
    add('modifier-changed', 'breaking', 'now of a pointer')
  if (/^(?:class|struct|interface|trait|enum)$/.test(after.kind))
    append(findings, [
      ...baseChanges(before, after, language, ancestors),
      ...constructorChanges(constructorsOf(before, after), context),
    ])
  if (isScript(language) && after.kind === 'interface' && bodyOf(before) !== bodyOf(after))
    add('signature-changed', 'unknown', `${codeSpan(bodyOf(before))} → ${codeSpan(bodyOf(after))}`)
  if (normalType(old.typeParameters, language) !== normalType(now.typeParameters, language)) {
    add(
      'type-parameters-changed',
      typeParametersChange(old, now, after.kind, context),
      `${codeSpan(old.typeParameters)} → ${codeSpan(now.typeParameters)}`,
    )
  }
  if (!sameList(old.errors, now.errors) && language === 'java')
    add('errors-changed', 'breaking', `${codeSpan(old.errors.join(', '))} → ${codeSpan(now.errors.join(', '))}`)
  if (isFunction(after)) append(findings, callChanges(before, after, old, now, context))
  else append(findings, valueChanges(old, now, context, { after, role }))
  return findings
}

function visibilityChanges(before: ApiDefinition, after: ApiDefinition): Finding[] {
  const [old, now] = [VISIBILITIES.indexOf(before.visibility), VISIBILITIES.indexOf(after.visibility)]
  const detail = `\`${before.visibility}\` → \`${after.visibility}\``
  if (now < old) return [{ rule: 'visibility-reduced', severity: 'breaking', detail }]
  return now > old ? [{ rule: 'visibility-widened', severity: 'compatible', detail }] : []
}

function deprecationChanges({ deprecated: old }: ApiDefinition, { deprecated: now }: ApiDefinition): Finding[] {
  if (old === undefined && now !== undefined) return [{ rule: 'deprecated', severity: 'compatible', detail: now }]
  const isOver = old !== undefined && now === undefined
  return isOver ? [{ rule: 'no-longer-deprecated', severity: 'compatible', detail: '' }] : []
}

/** How severe a change of the kind is; `undefined` if users use both kinds in the same way. */
function severityOfKind(before: ApiDefinition, after: ApiDefinition, language: string): Severity | undefined {
  const areRead = isRead(before) && isRead(after)
  if (areRead && before.kind !== after.kind && (before.kind === 'method' || after.kind === 'method')) {
    // It is read as before; whether users assign it is unknown.
    return after.kind === 'method' ? 'unknown' : 'compatible'
  }
  if (kindOf(before) === kindOf(after)) return undefined
  // A constant or a field may contain a function, which is called in the same way.
  const mayBeCalled = [before, after].every((one) => isFunction(one) || kindOf(one) === 'value')
  // Both exist at compile time only; the text does not show whether one can replace the other.
  const areTypes = /^(?:interface (?:class|type)|type interface)$/.test(`${before.kind} ${after.kind}`)
  return isScript(language) && (mayBeCalled || areTypes) ? 'unknown' : 'breaking'
}

/** Whether this is a value, or a property, which is read like one. */
const isRead = ({ kind, signature }: ApiDefinition): boolean =>
  kind === 'field' || kind === 'constant' || /^(?:\w+ )*property /.test(signature)

/** Signatures of calls in a type that is written as an object. */
const bodyOf = ({ signature }: ApiDefinition): string =>
  splitAt(signature, ' ')
    .filter((part) => part.startsWith('{'))
    .join(' ')

const kindOf = ({ kind }: ApiDefinition): string => ALIKE.get(kind) ?? kind

const isFunction = ({ kind }: ApiDefinition): boolean => kind === 'function' || kind === 'method' || kind === 'macro'

const sameList = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index])

function modifierChanges(old: Signature, now: Signature, language: string, kind: string): Finding[] {
  return MODIFIERS.flatMap(([word, gained, lost]): Finding[] => {
    const [was, is] = [old.modifiers.has(word), now.modifiers.has(word)]
    const isHere = ONLY_HERE[word]?.includes(language) ?? NOT_HERE[language]?.includes(word) !== true
    if (was === is || !isHere) return []
    // A static member cannot be overridden, and a field that was final could not be assigned.
    if (word === 'final' && (now.modifiers.has('static') || (kind === 'field' && lost === 'compatible' && was)))
      return []
    if (word === 'abstract' && kind === 'interface') return []
    return [
      {
        rule: 'modifier-changed',
        severity: is ? gained : lost,
        detail: is ? `now \`${word}\`` : `no longer \`${word}\``,
      },
    ]
  })
}

function baseChanges(
  before: ApiDefinition,
  after: ApiDefinition,
  language: string,
  ancestors: Surroundings['ancestors'],
): Finding[] {
  const old = new Set(basesIn(before.signature, before.name, language))
  const now = new Set(basesIn(after.signature, after.name, language))
  const still = ancestors(after)
  // TypeScript compares members: a class that no longer declares `implements` still has the type if it has the members.
  const [head = ''] = outsideBrackets(before.signature).split(/\bimplements\b/)
  const extended = isScript(language) ? new Set(basesIn(head, before.name, language)) : old
  const findings: Finding[] = []
  const standard = new Set(language === 'python' ? [...still].flatMap(standardBasesOf) : [])
  for (const base of old) {
    if (now.has(base) || still.has(base) || standard.has(base) || base === 'object' || base === 'Object') continue
    const severity = extended.has(base) ? 'breaking' : 'compatible'
    findings.push({ rule: 'base-removed', severity, detail: codeSpan(base) })
  }
  for (const base of now) {
    if (!old.has(base) && base !== 'object')
      findings.push({ rule: 'base-added', severity: 'compatible', detail: codeSpan(base) })
  }
  return findings
}
