/** The traits of others that a type of Rust has: what it derives, and what its file implements for it. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Survey } from '#generate/pages/survey.ts'

export interface TraitOfType {
  /** `Clone`, `From<Error> for io::Error`. */
  readonly label: string
  /** The last name of its path: `Display`. */
  readonly name: string
  /** Of its `impl`; `null` where it is derived. */
  readonly line: number | null
  /** What must hold for it: `unix`, `feature = "serde"`; '' for nothing. */
  readonly condition: string
}

const TYPES = new Set<Component['kind']>(['struct', 'enum', 'class', 'type'])
const MAX_LINES = 20_000
const MAX_HEAD = 4
const MAX_TRAITS = 40
const MAX_ABOVE = 30
const IMPL = /^(?:unsafe )?impl\b(.{1,300}?) for ([^{}]{1,120}?)(?: where\b.*| ?\{.*)?$/
const CFG = /^#\[cfg\((.{1,80})\)\]$/
const DERIVE = /\bderive\(([^()]{1,400})\)/
const CFG_DERIVE = /^cfg_attr\((.{1,80}?), ?derive\(([^()]{1,400})\)/

/** In the order of the file: what is derived first. */
export function traitsOf(survey: Survey, component: Component): TraitOfType[] {
  if (!TYPES.has(component.kind) || !component.file.endsWith('.rs')) return []
  const derived = component.kind === 'type' ? [] : derivedBy(survey, component)
  const known = new Set(derived.map(({ label }) => label))
  const implemented = implementedIn(survey, component.file, component.name).filter(({ label }) => !known.has(label))
  return [...derived, ...implemented].slice(0, MAX_TRAITS)
}

/** A comment counts, and a line within an attribute. */
const isOfAttribute = (line: string): boolean =>
  /^(?:#|\/\/)/.test(line) || (/[,()\]]$/.test(line) && !/[{};]/.test(line))

function derivedBy(survey: Survey, { file, startLine, name }: Component): TraitOfType[] {
  const above = codeLines(survey, file, Math.max(1, startLine - MAX_ABOVE), startLine - 1)
  const from = above.findLastIndex((line) => !isOfAttribute(line.trim()))
  const below = codeLines(survey, file, startLine, startLine + MAX_ABOVE)
  const head = below.findIndex((line) => /\b(?:struct|enum|union)\b/.test(line) && line.split(/\W+/).includes(name))
  const lines = [...above.slice(from + 1), ...below.slice(0, Math.max(0, head))]
  const text = lines
    .filter((line) => !/^\s*\/\//.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
  return text.split('#[').flatMap((attribute) => {
    const [, condition, some] = CFG_DERIVE.exec(attribute.trim()) ?? []
    const list = some ?? DERIVE.exec(attribute)?.[1] ?? ''
    return list.split(',').flatMap((one): TraitOfType[] => {
      const path = one.trim()
      const last = path.split('::').at(-1) ?? ''
      return /^\w{1,60}$/.test(last) ? [{ label: last, name: last, line: null, condition: condition ?? '' }] : []
    })
  })
}

/** Only what stands at the margin: what stands in modules of tests is theirs. */
function implementedIn(survey: Survey, file: string, name: string): TraitOfType[] {
  const lines = codeLines(survey, file, 1, MAX_LINES)
  return lines.flatMap((line, index): TraitOfType[] => {
    if (!/^(?:unsafe )?impl\b/.test(line)) return []
    const goesOn = line.includes('{') ? 0 : lines.slice(index, index + MAX_HEAD).findIndex((one) => /[{;]/.test(one))
    const head = lines
      .slice(index, index + 1 + Math.max(0, goesOn))
      .join(' ')
      .replace(/\s+/g, ' ')
      .replace(/ where\b.*/, '')
    const [, before = '', target = ''] = IMPL.exec(head) ?? []
    const trait = withoutGenerics(before).trim()
    if (trait === '' || trait.startsWith('!')) return []
    const condition = CFG.exec(lines[index - 1]?.trim() ?? '')?.[1] ?? ''
    if (condition === 'test') return []
    const path = trait.split('<')[0] ?? ''
    const last = path.split('::').at(-1) ?? ''
    if (!/^\w{1,60}$/.test(last)) return []
    const shown = last + trait.slice(path.length)
    const own = /^(?:&(?:'\w+ )?(?:mut )?)?(\w+)(?:<.*>)?$/.exec(target.trim())
    if (own?.[1] === name) {
      const label = target.startsWith('&') ? `${shown} for ${target.trim()}` : shown
      return [{ label, name: last, line: index + 1, condition }]
    }
    const isFrom = /^(?:Try)?From<(?:&(?:'\w+ )?)?(\w+)(?:<.*>)?>$/.exec(shown)?.[1] === name
    const isForeign = own === null || ![...(survey.tops.get(file) ?? [])].some((one) => one.name === own[1])
    return isFrom && isForeign ? [{ label: `${shown} for ${target.trim()}`, name: '', line: index + 1, condition }] : []
  })
}

/** `<T: Into<U>> From<T>` → `From<T>` */
function withoutGenerics(head: string): string {
  const text = head.trimStart()
  if (!text.startsWith('<')) return text
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '<') depth++
    else if (text[at] === '>' && text[at - 1] !== '-') depth--
    if (depth === 0) return text.slice(at + 1)
  }
  return ''
}
