/** Compares two lists of parameters. */

import { codeSpan } from '#base/code-spans.ts'
import { append } from '#base/long-arrays.ts'
import type { Finding, Severity } from './change.ts'
import type { Context } from './context.ts'
import type { LanguageRules } from './language-rules.ts'
import { normalType } from './normal-type.ts'
import type { Parameter } from './signatures.ts'
import { compareTypes, isDistinct, isSame } from './types.ts'

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
  const matched = before.map((one) => find(after, renamed, one))
  const known = new Set(matched)
  const findings: Finding[] = []
  const collects = (kind: Parameter['kind']): boolean => after.some((one) => one.kind === kind)
  for (const [index, one] of before.entries()) {
    const other = matched[index]
    if (other === undefined) {
      // `*args` and `**kwargs` accept arguments that had their own parameter before; a parameter that can be passed either way needs both.
      const isTaken =
        !isCollector(one) &&
        (!isPassedByPosition(one) || collects('rest')) &&
        (!isNamed(rules, one) || collects('keywords'))
      findings.push(finding('parameter-removed', isTaken ? 'unknown' : 'breaking', `\`${one.name}\``))
      continue
    }
    if (one.kind !== other.kind && isCollector(other)) {
      findings.push(finding('parameter-kind-changed', ifCollected(one, other, context), `\`${other.name}\``))
      continue
    }
    if (renamed.has(one)) {
      const severity = isNamed(rules, one) ? rules.parameterRename.severity : 'compatible'
      findings.push(finding('parameter-renamed', severity, `\`${one.name}\` → \`${other.name}\``))
    }
    if (isPassedByPosition(one) && isPassedByPosition(other) && positionOf(before, one) !== positionOf(after, other)) {
      // A parameter removed or added before this one shifts all later ones, but only that change is reported.
      const earlier = matched.slice(0, index).filter((prior) => prior !== undefined).length
      const now = after.slice(0, after.indexOf(other)).filter((prior) => known.has(prior)).length
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
  for (const [index, one] of after.entries()) {
    if (known.has(one)) continue
    // Whether it takes arguments that a known parameter took before; in Swift, labels tell them apart.
    const isInBetween =
      (language === 'swift' ? one.kind === 'position' : isPassedByPosition(one)) &&
      after.slice(index + 1).some((next) => known.has(next) && (isPassedByPosition(next) || next.kind === 'rest'))
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

/** Languages in which callers may name a rest parameter like any other. */
const KEEPS_NAME = new Set(['csharp', 'php'])

const isNamed = ({ parameterRename }: LanguageRules, { kind }: Parameter): boolean =>
  (kind === 'either' || kind === 'name') && (parameterRename.of === 'all' || kind === 'name')

/** Finds renames: a name disappears and a new one of the same type takes its position; or a rest parameter takes over its name. */
function renames(
  before: readonly Parameter[],
  after: readonly Parameter[],
  language: string,
): ReadonlyMap<Parameter, Parameter> {
  const found = new Map<Parameter, Parameter>()
  for (const [index, one] of before.entries()) {
    const other = after[index]
    if (KEEPS_NAME.has(language) && other?.kind === 'rest' && other.name === one.name && !isCollector(one))
      found.set(one, other)
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
    list.map(({ type, name, kind }) => `${kind} ${normalType(type === '' ? name : type, language)}`)
  // Where parameters were inserted or removed, if all others are unchanged.
  const [few, many] = before.length < after.length ? [before, after] : [after, before]
  const common = commonStart(types(before), types(after))
  const extra = many.length - few.length
  const isInserted = extra > 0 && areEqual(types(few).slice(common), types(many).slice(common + extra))
  const start = isInserted ? common : few.length
  const last = after.at(-1)
  for (const one of many.slice(start, start + extra)) {
    const label = labelOf(one)
    if (many === before)
      findings.push(
        finding('parameter-removed', last?.kind === 'rest' ? ifCollected(one, last, context) : 'breaking', label),
      )
    else if (!one.isOptional) findings.push(finding('required-parameter-added', 'breaking', label))
    else findings.push(finding('parameter-added', start < few.length ? 'breaking' : rules.optionalParameter, label))
  }
  const rest = many.toSpliced(start, extra)
  const [left, right] = many === before && extra > 0 ? [rest, after] : [before, extra > 0 ? rest : after]
  for (const [index, one] of left.entries()) {
    const other = right[index]
    if (other === undefined) continue
    if (one.kind === other.kind) append(findings, compareParameter(one, other, context))
    else findings.push(finding('parameter-kind-changed', ifCollected(one, other, context), labelOf(other)))
  }
  return findings
}

/** How it affects callers that a rest parameter takes the arguments of another parameter, or the other way round. */
function ifCollected(one: Parameter, other: Parameter, context: Context): Severity {
  const { language, rules } = context
  if (one.kind === 'rest') return 'breaking'
  if (!rules.hasUnions) {
    // Java and C# pass an array in both cases.
    const array = normalType(other.type, language)
      .replace(/^params ?/, '')
      .replace(/\.{3}$/, '[]')
    return normalType(one.type, language) === array ? 'compatible' : 'breaking'
  }
  const [, element = ''] = /^(?:readonly )?(.+)\[\]$/.exec(language === 'php' ? `${other.type}[]` : other.type) ?? []
  if (one.isOptional || one.type === '' || element === '' || !isDistinct(one.type, element)) return 'unknown'
  const { takes } = compareTypes(one.type, element, context)
  return takes === 'yes' ? 'compatible' : takes === 'no' ? rules.unionType : 'unknown'
}

const labelOf = ({ name, type }: Parameter): string => codeSpan(name === '' ? type : name)

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
  const label = labelOf(other)
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
