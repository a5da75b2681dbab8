/** Compares two versions of a callable: parameters, result and overloads. */

import { codeSpan } from '#base/code-spans.ts'
import { append } from '#base/long-arrays.ts'
import type { ApiDefinition } from '#store/public-api.ts'
import type { Finding } from './change.ts'
import type { Context } from './context.ts'
import { normalType } from './normal-type.ts'
import { compareParameters } from './parameters.ts'
import { readSignature, type Signature } from './signatures.ts'
import { compareTypes, isDistinct, isSame } from './types.ts'

export function callChanges(
  before: ApiDefinition,
  after: ApiDefinition,
  old: Signature,
  now: Signature,
  context: Context,
): Finding[] {
  return before.overloads !== undefined || after.overloads !== undefined
    ? overloadChanges(before, after, context)
    : callFindings(old, now, context)
}

function callFindings(old: Signature, now: Signature, context: Context): Finding[] {
  const findings: Finding[] = []
  if (old.parameters !== null && now.parameters !== null)
    append(findings, compareParameters(old.parameters, now.parameters, context))
  else if (!isProperty(old) && !isProperty(now) && (old.parameters !== null || now.parameters !== null))
    findings.push({ rule: 'signature-changed', severity: 'unknown', detail: '' })
  append(findings, resultChanges(old.type, now.type, context))
  return findings
}

const isProperty = ({ modifiers }: Signature): boolean => modifiers.has('property')

function resultChanges(before: string, after: string, context: Context): Finding[] {
  const { rules } = context
  const change = compareTypes(before, after, context)
  if (isSame(change)) return []
  // Adding annotations changes nothing for callers.
  if (rules.hasUnions && (before === '' || after === '')) return []
  const detail = `${codeSpan(before)} → ${codeSpan(after)}`
  const isMore = change.gives === 'no' && isDistinct(before, after)
  const severity = change.gives === 'yes' ? 'compatible' : isMore ? rules.unionType : rules.resultType
  return [{ rule: 'result-type-changed', severity, detail }]
}

/**
 * Compares the signatures with which one function is declared. A call that matched one of the old ones must match one
 * of the new ones, so each old one is compared with the new one that breaks it least.
 */
function overloadChanges(before: ApiDefinition, after: ApiDefinition, context: Context): Finding[] {
  const { language } = context
  const signaturesOf = ({ signature, overloads = [] }: ApiDefinition): string[] => [signature, ...overloads]
  const keyOf = (signature: string): string => normalType(signature, language)
  const [old, now] = [signaturesOf(before), signaturesOf(after)]
  const [known, kept] = [new Set(old.map(keyOf)), new Set(now.map(keyOf))]
  const findings = new Map<string, Finding>()
  for (const signature of old) {
    if (kept.has(keyOf(signature))) continue
    const was = readSignature(signature, before.name, before.kind, language)
    const [best = []] = now
      .map((other) => callFindings(was, readSignature(other, after.name, after.kind, language), context))
      .sort(
        (a, b) =>
          countOf(a, 'breaking') - countOf(b, 'breaking') ||
          countOf(a, 'unknown') - countOf(b, 'unknown') ||
          a.length - b.length,
      )
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
    ...added.map((one): Finding => ({ rule: 'overload-added', severity: 'compatible', detail: codeSpan(one) })),
  ]
}

const countOf = (findings: readonly Finding[], one: Finding['severity']): number =>
  findings.filter(({ severity }) => severity === one).length
