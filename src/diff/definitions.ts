/** Compares two versions of one definition, without its members. */

import { append } from '#base/long-arrays.ts'
import type { ApiDefinition } from '#store/public-api.ts'
import type { Finding, Severity } from './change.ts'
import { type LanguageRules, rulesOf } from './language-rules.ts'
import { compareParameters } from './parameters.ts'
import type { Role } from './roles.ts'
import { basesIn, readSignature, type Signature } from './signatures.ts'
import { argumentsChange } from './type-arguments.ts'
import { compareTypes, isToldApart, normalType } from './types.ts'
import { valueChanges } from './values.ts'

/** What is known of a definition from the rest of its set. */
export interface Surroundings {
  /** Names of all supertypes, as far as the sets contain them. */
  ancestors(definition: ApiDefinition): ReadonlySet<string>
  /** What users do with the type, or with the type that this is a member of. */
  role: Role
}

const VISIBILITIES = ['private', 'internal', 'protected', 'public']

/** Kinds that users use in the same way. */
const ALIKE: Readonly<Record<string, string>> = {
  constant: 'value',
  field: 'value',
  method: 'function',
  struct: 'class',
}

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
/** Modifiers that mean something else to users of a language, or nothing. */
const NOT_HERE: Readonly<Record<string, readonly string[]>> = {
  typescript: ['async'],
  tsx: ['async'],
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
  { ancestors, role }: Surroundings,
): Finding[] {
  const rules = rulesOf(language)
  const findings: Finding[] = []
  const add = (rule: Finding['rule'], severity: Severity, detail: string): number =>
    findings.push({ rule, severity, detail })
  const [was, is] = [VISIBILITIES.indexOf(before.visibility), VISIBILITIES.indexOf(after.visibility)]
  const visibilities = `\`${before.visibility}\` → \`${after.visibility}\``
  if (is < was) add('visibility-reduced', 'breaking', visibilities)
  if (is > was) add('visibility-widened', 'compatible', visibilities)
  if (before.deprecated === undefined && after.deprecated !== undefined)
    add('deprecated', 'compatible', after.deprecated)
  if (before.deprecated !== undefined && after.deprecated === undefined) add('no-longer-deprecated', 'compatible', '')
  const [wasValue, isValue] = [before, after].map(isRead)
  if (wasValue && isValue && before.kind !== after.kind && (before.kind === 'method' || after.kind === 'method')) {
    // It is read as before; whether users assign it is unknown.
    add('kind-changed', after.kind === 'method' ? 'unknown' : 'compatible', `${before.kind} → ${after.kind}`)
    return findings
  }
  if (kindOf(before) !== kindOf(after)) {
    // A function may be the value of a constant, and a method that of a field, which are called in the same way.
    const mayBeCalled = isScript(language) && [before, after].every((one) => isFunction(one) || kindOf(one) === 'value')
    add('kind-changed', mayBeCalled ? 'unknown' : 'breaking', `${before.kind} → ${after.kind}`)
    return findings
  }
  if (before.signature === after.signature && sameList(before.overloads, after.overloads)) return findings
  const [old, now] = [before, after].map((one) => readSignature(one.signature, one.name, one.kind, language)) as [
    Signature,
    Signature,
  ]
  append(findings, modifierChanges(old, now, language, after.kind))
  if (/^(?:class|struct|interface|trait|enum)$/.test(after.kind))
    append(findings, [
      ...baseChanges(before, after, language, ancestors),
      ...constructorChanges(before, after, language, rules),
    ])
  if (normalType(old.typeParameters, language) !== normalType(now.typeParameters, language)) {
    const severity =
      isScript(language) && /^(?:class|interface|type)$/.test(after.kind)
        ? argumentsChange(old, now)
        : rules.typeParameters
    add('type-parameters-changed', severity, `\`${old.typeParameters}\` → \`${now.typeParameters}\``)
  }
  if (!sameList(old.errors, now.errors) && language === 'java')
    add('errors-changed', 'breaking', `\`${old.errors.join(', ')}\` → \`${now.errors.join(', ')}\``)
  if (isFunction(after)) append(findings, callChanges(before, after, old, now, language, rules))
  else append(findings, valueChanges(old, now, language, { after, role }))
  return findings
}

/** Whether this is a value, or a property, which is read like one. */
const isRead = ({ kind, signature }: ApiDefinition): boolean =>
  kind === 'field' || kind === 'constant' || /^(?:\w+ )*property /.test(signature)

const isScript = (language: string): boolean => /^(?:typescript|tsx|javascript|jsx|vue|svelte)$/.test(language)

const kindOf = ({ kind }: ApiDefinition): string => ALIKE[kind] ?? kind

const isFunction = ({ kind }: ApiDefinition): boolean => kind === 'function' || kind === 'method' || kind === 'macro'

const sameList = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index])

function modifierChanges(old: Signature, now: Signature, language: string, kind: string): Finding[] {
  return MODIFIERS.flatMap(([word, gained, lost]): Finding[] => {
    const [was, is] = [old.modifiers.has(word), now.modifiers.has(word)]
    const isHere = ONLY_HERE[word]?.includes(language) ?? NOT_HERE[language]?.includes(word) !== true
    if (was === is || !isHere) return []
    // Nobody overrides what belongs to a class, or assigns a constant.
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
  const findings: Finding[] = []
  for (const base of old) {
    if (now.has(base) || still.has(base) || base === 'object' || base === 'Object') continue
    findings.push({ rule: 'base-removed', severity: 'breaking', detail: `\`${base}\`` })
  }
  for (const base of now) {
    if (!old.has(base) && base !== 'object')
      findings.push({ rule: 'base-added', severity: 'compatible', detail: `\`${base}\`` })
  }
  return findings
}

/** The constructor of TypeScript is in the signature of its class, that of Kotlin and Scala follows the name. */
function constructorChanges(
  before: ApiDefinition,
  after: ApiDefinition,
  language: string,
  rules: LanguageRules,
): Finding[] {
  const name = language === 'kotlin' || language === 'scala' ? after.name : 'constructor'
  const [old, now] = [before, after].map((one) => readSignature(one.signature, name, 'method', language).parameters)
  return old && now ? compareParameters(old, now, language, rules) : []
}

function callChanges(
  before: ApiDefinition,
  after: ApiDefinition,
  old: Signature,
  now: Signature,
  language: string,
  rules: LanguageRules,
): Finding[] {
  return before.overloads !== undefined || after.overloads !== undefined
    ? overloadChanges(before, after, language, rules)
    : callFindings(old, now, language, rules)
}

function callFindings(old: Signature, now: Signature, language: string, rules: LanguageRules): Finding[] {
  const findings: Finding[] = []
  if (old.parameters !== null && now.parameters !== null)
    append(findings, compareParameters(old.parameters, now.parameters, language, rules))
  else if (!isProperty(old) && !isProperty(now) && (old.parameters !== null || now.parameters !== null))
    findings.push({ rule: 'signature-changed', severity: 'unknown', detail: '' })
  append(findings, resultChanges(old.type, now.type, language, rules))
  return findings
}

const isProperty = ({ modifiers }: Signature): boolean => modifiers.has('property')

function resultChanges(before: string, after: string, language: string, rules: LanguageRules): Finding[] {
  const change = compareTypes(before, after, language, rules.hasUnions)
  if (change === 'same') return []
  // Adding annotations changes nothing for callers.
  if (rules.hasUnions && (before === '' || after === '')) return []
  const detail = `\`${before}\` → \`${after}\``
  const isMore = change === 'wider' && isToldApart(before, after)
  const severity = change === 'narrower' ? 'compatible' : isMore ? rules.unionType : rules.resultType
  return [{ rule: 'result-type-changed', severity, detail }]
}

/**
 * Compares the signatures with which one function is declared. A call that matched one of the old ones must match one of the new
 * ones, so each old one is compared with the new one that breaks it least.
 */
function overloadChanges(
  before: ApiDefinition,
  after: ApiDefinition,
  language: string,
  rules: LanguageRules,
): Finding[] {
  const signaturesOf = ({ signature, overloads = [] }: ApiDefinition): string[] => [signature, ...overloads]
  const keyOf = (signature: string): string => normalType(signature, language)
  const [old, now] = [signaturesOf(before), signaturesOf(after)]
  const [known, kept] = [new Set(old.map(keyOf)), new Set(now.map(keyOf))]
  const findings = new Map<string, Finding>()
  for (const signature of old) {
    if (kept.has(keyOf(signature))) continue
    const was = readSignature(signature, before.name, before.kind, language)
    const [best = []] = now
      .map((other) => callFindings(was, readSignature(other, after.name, after.kind, language), language, rules))
      .sort((a, b) => breakingIn(a) - breakingIn(b) || a.length - b.length)
    // In Python the implementation accepts the call, and its own parameters are not declared to users.
    const isCertain = language !== 'python'
    for (const { rule, severity, detail } of best)
      findings.set(`${rule} ${detail}`, {
        rule,
        severity: isCertain || severity !== 'breaking' ? severity : 'unknown',
        detail,
      })
  }
  const fresh = now.filter((signature) => !known.has(keyOf(signature)))
  const added = now.length > old.length ? fresh.slice(0, now.length - old.length) : []
  return [
    ...findings.values(),
    ...added.map((one): Finding => ({ rule: 'overload-added', severity: 'compatible', detail: `\`${one}\`` })),
  ]
}

const breakingIn = (findings: readonly Finding[]): number =>
  findings.filter(({ severity }) => severity === 'breaking').length
