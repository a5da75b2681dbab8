/** Compares two lists of parameters. */

import { codeSpan } from '#base/code-spans.ts'
import { append } from '#base/long-arrays.ts'
import type { Finding, Severity } from './change.ts'
import type { Context } from './context.ts'
import type { LanguageRules } from './language-rules.ts'
import type { Parameter } from './signatures.ts'
import { compareTypes, isDistinct, isSame, normalType } from './types.ts'

export function compareParameters(
  before: readonly Parameter[],
  after: readonly Parameter[],
  context: Context,
): Finding[] {
  return context.rules.parameterRename.of === 'none'
    ? byPosition(before, after, context)
    : byName(before, after, context)
}

/** For callers who may name parameters: the same name is the same parameter, at any position. */
function byName(before: readonly Parameter[], after: readonly Parameter[], context: Context): Finding[] {
  const { language, rules } = context
  const renamed = renames(before, after, language)
  const findings: Finding[] = []
  const collects = (kind: Parameter['kind']): boolean => after.some((one) => one.kind === kind)
  for (const [index, one] of before.entries()) {
    const other = find(after, renamed, one)
    if (other === undefined) {
      // `*args` and `**kwargs` accept arguments that had their own parameter before; one passed either way needs both.
      const isTaken =
        !isCollector(one) &&
        (!isPassedByPosition(one) || collects('rest')) &&
        (!isNamed(rules, one) || collects('keywords'))
      findings.push(finding('parameter-removed', isTaken ? 'unknown' : 'breaking', `\`${one.name}\``))
      continue
    }
    if (renamed.has(one)) {
      const severity = isNamed(rules, one) ? rules.parameterRename.severity : 'compatible'
      findings.push(finding('parameter-renamed', severity, `\`${one.name}\` → \`${other.name}\``))
    }
    if (isPassedByPosition(one) && isPassedByPosition(other) && positionOf(before, one) !== positionOf(after, other)) {
      // A parameter removed or added before this one shifts all later ones, but only that change is reported.
      const earlier = before.slice(0, index).filter((prior) => find(after, renamed, prior) !== undefined).length
      const newIndex = after.indexOf(other)
      const now = after
        .slice(0, newIndex)
        .filter((prior) => before.some((old) => find(after, renamed, old) === prior)).length
      if (earlier !== now) findings.push(finding('parameter-moved', 'breaking', `\`${other.name}\``))
    }
    if (one.kind !== other.kind) {
      // In Swift, callers must write a parameter's label if it has one.
      const isMoreOpen = other.kind === 'either' && !isCollector(one) && language !== 'swift'
      const severity = isMoreOpen ? 'compatible' : 'breaking'
      findings.push(finding('parameter-kind-changed', severity, `\`${other.name}\``))
    }
    append(findings, compareParameter(one, other, context))
  }
  const known = new Set(before.map((one) => find(after, renamed, one)))
  for (const [index, one] of after.entries()) {
    if (known.has(one)) continue
    // Whether parameters that callers pass by position follow it.
    const isInBetween =
      isPassedByPosition(one) && after.slice(index + 1).some((next) => known.has(next) && isPassedByPosition(next))
    if (!one.isOptional) findings.push(finding('required-parameter-added', 'breaking', `\`${one.name}\``))
    else
      findings.push(finding('parameter-added', isInBetween ? 'breaking' : rules.optionalParameter, `\`${one.name}\``))
  }
  return findings
}

const find = (
  after: readonly Parameter[],
  renamed: ReadonlyMap<Parameter, Parameter>,
  one: Parameter,
): Parameter | undefined => renamed.get(one) ?? after.find((other) => isAlike(one, other))

/** Whether both have the same name. The name of `*args` does not matter, but it differs from a plain `args`. */
const isAlike = (a: Parameter, b: Parameter): boolean =>
  isCollector(a) || isCollector(b) ? a.kind === b.kind : a.name === b.name

const isCollector = ({ kind }: Parameter): boolean => kind === 'rest' || kind === 'keywords'

const isPassedByPosition = ({ kind }: Parameter): boolean => kind === 'position' || kind === 'either'

const positionOf = (list: readonly Parameter[], one: Parameter): number => list.filter(isPassedByPosition).indexOf(one)

const isNamed = ({ parameterRename }: LanguageRules, { kind }: Parameter): boolean =>
  (kind === 'either' || kind === 'name') && (parameterRename.of === 'all' || kind === 'name')

/** Finds renames: a name disappears and a new one of the same type takes its position. */
function renames(
  before: readonly Parameter[],
  after: readonly Parameter[],
  language: string,
): ReadonlyMap<Parameter, Parameter> {
  const found = new Map<Parameter, Parameter>()
  for (const [index, one] of before.entries()) {
    const other = after[index]
    if (other === undefined || one.name === other.name || one.kind !== other.kind || isCollector(one)) continue
    const isGone = !after.some(({ name }) => name === one.name) && !before.some(({ name }) => name === other.name)
    const isSameType =
      one.type === '' || other.type === '' || normalType(one.type, language) === normalType(other.type, language)
    if (isGone && isSameType && one.isOptional === other.isOptional) found.set(one, other)
  }
  return found
}

/** For callers who pass arguments by position only. */
function byPosition(before: readonly Parameter[], after: readonly Parameter[], context: Context): Finding[] {
  const { language, rules } = context
  const findings: Finding[] = []
  const types = (list: readonly Parameter[]): string[] =>
    list.map(({ type, name }) => normalType(type === '' ? name : type, language))
  // Where parameters were inserted or removed, if all others are unchanged.
  const [few, many] = before.length < after.length ? [before, after] : [after, before]
  const common = commonStart(types(before), types(after))
  const extra = many.length - few.length
  const isInserted = extra > 0 && areEqual(types(few).slice(common), types(many).slice(common + extra))
  const start = isInserted ? common : few.length
  for (const one of many.slice(start, start + extra)) {
    const label = codeSpan(one.name === '' ? one.type : one.name)
    if (many === before) findings.push(finding('parameter-removed', 'breaking', label))
    else if (!one.isOptional) findings.push(finding('required-parameter-added', 'breaking', label))
    else findings.push(finding('parameter-added', start < few.length ? 'breaking' : rules.optionalParameter, label))
  }
  const rest = many.toSpliced(start, extra)
  const [left, right] = many === before && extra > 0 ? [rest, after] : [before, extra > 0 ? rest : after]
  for (const [index, one] of left.entries()) {
    const other = right[index]
    if (other !== undefined) append(findings, compareParameter(one, other, context))
  }
  return findings
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < a.length && count < b.length && a[count] === b[count]) count++
  return count
}

const areEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index])

/** Compares one parameter in two versions. */
function compareParameter(one: Parameter, other: Parameter, context: Context): Finding[] {
  const { language, rules } = context
  const findings: Finding[] = []
  const label = codeSpan(other.name === '' ? other.type : other.name)
  if (one.isOptional && !other.isOptional) findings.push(finding('parameter-now-required', 'breaking', label))
  if (!one.isOptional && other.isOptional)
    findings.push(finding('parameter-now-optional', rules.hasUnions ? 'compatible' : rules.optionalParameter, label))
  if (
    one.default !== '' &&
    other.default !== '' &&
    normalType(one.default, language) !== normalType(other.default, language)
  )
    findings.push(
      finding(
        'parameter-default-changed',
        rules.parameterDefault,
        `${label}: ${codeSpan(one.default)} → ${codeSpan(other.default)}`,
      ),
    )
  if (one.type === '' && other.type === '') return findings
  // Adding annotations changes nothing for callers.
  if (rules.hasUnions && (one.type === '' || other.type === '')) return findings
  const change = compareTypes(one.type, other.type, context)
  if (isSame(change)) return findings
  const isLess = change.takes === 'no' && isDistinct(one.type, other.type)
  const severity: Severity = change.takes === 'yes' ? 'compatible' : isLess ? rules.unionType : rules.parameterType
  findings.push(
    finding('parameter-type-changed', severity, `${label}: ${codeSpan(one.type)} → ${codeSpan(other.type)}`),
  )
  return findings
}

const finding = (rule: Finding['rule'], severity: Severity, detail: string): Finding => ({ rule, severity, detail })
