/** Compares two versions of a value: a constant, a field, a type alias. */

import type { ApiDefinition } from '#store/public-api.ts'
import type { Finding, Severity } from './change.ts'
import { typeOfGoValue } from './go-values.ts'
import { type LanguageRules, rulesOf } from './language-rules.ts'
import type { Role } from './roles.ts'
import type { Signature } from './signatures.ts'
import { compareTypes, isToldApart, normalType, type TypeChange, typeOfLiteral } from './types.ts'

export function valueChanges(
  old: Signature,
  now: Signature,
  language: string,
  { after: { kind, visibility }, role }: { after: ApiDefinition; role: Role },
): Finding[] {
  const rules = rulesOf(language)
  if (/^(?:class|struct|interface|trait|enum|namespace)$/.test(kind)) return []
  const findings: Finding[] = []
  if (old.isOptional !== now.isOptional) {
    // Who only makes a value may leave more out of it, and who only reads one always finds it.
    const isEasier = role === (now.isOptional ? 'made' : 'read')
    findings.push({
      rule: 'modifier-changed',
      severity: isEasier ? 'compatible' : 'breaking',
      detail: now.isOptional ? 'now optional' : 'now required',
    })
  }
  const [wasType, isType] = [old, now].map((one) => typeOf(one, language)) as [string, string]
  if (wasType !== isType) {
    const change = compareTypes(wasType, isType, language, rules.hasUnions)
    const isUntyped = (rules.hasUnions || language === 'go') && (wasType === '' || isType === '')
    const severity = severityOf(change, wasType, isType, role, rules)
    if (change !== 'same' && !isUntyped)
      findings.push({ rule: 'type-changed', severity, detail: `\`${wasType}\` → \`${isType}\`` })
  }
  if (normalType(old.value, language) === normalType(now.value, language) || visibility === 'private') return findings
  if (kind === 'type' && old.type === now.type) {
    const change = compareTypes(old.value, now.value, language, rules.hasUnions)
    const isEither = (change === 'narrower' || change === 'wider') && isToldApart(old.value, now.value)
    const both = isEither ? rules.unionType : rules.resultType
    const severity = role === 'either' ? both : severityOf(change, old.value, now.value, role, rules)
    if (change !== 'same')
      findings.push({ rule: 'type-changed', severity, detail: `\`${old.value}\` → \`${now.value}\`` })
  }
  if (kind === 'constant' && !now.modifiers.has('var'))
    findings.push({ rule: 'value-changed', severity: rules.value, detail: `\`${old.value}\` → \`${now.value}\`` })
  return findings
}

/** The declared type; for a variable that may be assigned, otherwise the type of its value. */
function typeOf({ type, value, modifiers }: Signature, language: string): string {
  if (type !== '') return type
  if (language === 'go') return modifiers.has('var') ? typeOfGoValue(value) : ''
  const isRead = modifiers.has('readonly') || modifiers.has('const')
  return /^(?:typescript|tsx)$/.test(language) && !isRead ? typeOfLiteral(value) : ''
}

/** Another type of a value: whoever reads it needs no more than before, whoever makes it gives no less. */
function severityOf(change: TypeChange, before: string, after: string, role: Role, rules: LanguageRules): Severity {
  const isCertain = isToldApart(before, after)
  if (change === 'wider') return role === 'made' ? 'compatible' : isCertain ? rules.unionType : rules.resultType
  if (change !== 'narrower') return rules.resultType
  if (role === 'read') return 'compatible'
  return role === 'made' && isCertain ? rules.unionType : 'unknown'
}
