/** Compares two versions of a value: a constant, a field, a type alias. */

import { codeSpan } from '#base/code-spans.ts'
import type { ApiDefinition } from '#store/public-api.ts'
import type { Finding, Severity } from './change.ts'
import type { Context } from './context.ts'
import { typeOfGoValue } from './go-values.ts'
import { isTypeScript, type LanguageRules } from './language-rules.ts'
import { normalType } from './normal-type.ts'
import type { Role } from './roles.ts'
import type { Signature } from './signatures.ts'
import { compareTypes, isDistinct, isSame, type TypeChange, typeOfLiteral } from './types.ts'

export function valueChanges(
  old: Signature,
  now: Signature,
  context: Context,
  { after: { kind, visibility }, role }: { after: ApiDefinition; role: Role },
): Finding[] {
  const { language, rules } = context
  if (/^(?:class|struct|interface|trait|enum|namespace)$/.test(kind)) return []
  const findings: Finding[] = []
  if (old.isOptional !== now.isOptional) {
    // Users who only make values may now omit the field; users who only read them may now rely on it.
    const isEasier = role === (now.isOptional ? 'made' : 'read')
    findings.push({
      rule: 'modifier-changed',
      severity: isEasier ? 'compatible' : 'breaking',
      detail: now.isOptional ? 'now optional' : 'now required',
    })
  }
  const [wasType, isType] = [old, now].map((one) => typeOf(one, language)) as [string, string]
  if (wasType !== isType) {
    // An optional value may be `undefined`.
    const isLeftOut = old.isOptional && now.isOptional && wasType !== '' && isType !== ''
    const [was, is] = [wasType, isType].map((one) => (isLeftOut ? `${one} | undefined` : one)) as [string, string]
    const change = compareTypes(was, is, context)
    const isUntyped = (rules.hasUnions || language === 'go') && (wasType === '' || isType === '')
    const severity = severityOf(change, wasType, isType, role, rules)
    if (!isSame(change) && !isUntyped)
      findings.push({ rule: 'type-changed', severity, detail: `${codeSpan(wasType)} → ${codeSpan(isType)}` })
  }
  if (normalType(old.value, language) === normalType(now.value, language) || visibility === 'private') return findings
  if (kind === 'type' && old.type === now.type) {
    const change = compareTypes(old.value, now.value, context)
    // Users may both read and make a type that no function mentions.
    const severity = severityOf(change, old.value, now.value, role === 'either' ? 'both' : role, rules)
    if (!isSame(change))
      findings.push({ rule: 'type-changed', severity, detail: `${codeSpan(old.value)} → ${codeSpan(now.value)}` })
  }
  if (kind === 'constant' && !now.modifiers.has('var'))
    findings.push({
      rule: 'value-changed',
      severity: rules.value,
      detail: `${codeSpan(old.value)} → ${codeSpan(now.value)}`,
    })
  return findings
}

/** The declared type; for a variable that may be assigned, otherwise the type of its value. */
function typeOf({ type, value, modifiers }: Signature, language: string): string {
  if (type !== '') return type
  if (language === 'go') return modifiers.has('var') ? typeOfGoValue(value) : ''
  const isRead = modifiers.has('readonly') || modifiers.has('const')
  return isTypeScript(language) && !isRead ? typeOfLiteral(value) : ''
}

/** The severity of a changed type: it breaks readers if it has new values, and makers if it no longer accepts all old ones. */
function severityOf(change: TypeChange, before: string, after: string, role: Role, rules: LanguageRules): Severity {
  const answers = role === 'read' ? [change.gives] : role === 'made' ? [change.takes] : [change.gives, change.takes]
  const isBroken = role === 'either' ? change.gives === 'no' : answers.includes('no')
  if (isBroken) return isDistinct(before, after) ? rules.unionType : rules.resultType
  if (answers.includes('unknown')) return rules.resultType
  return answers.includes('no') ? 'unknown' : 'compatible'
}
