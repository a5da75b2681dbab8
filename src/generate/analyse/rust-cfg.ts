/**
 * Finds the `#[cfg(…)]` conditions of the items in Rust files: by their own attributes, those of the modules and
 * `impl` blocks around them, and those of the `mod x;` that includes their file. Blocks are recognised by indentation, as
 * `rustfmt` writes them.
 */

import type { SourceFile } from '#generate/model.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'

/** Limits on the lines of a file and of an attribute, and on nested module files. */
const MAX_LINES = 50_000
const MAX_ATTRIBUTE_LINES = 40
const MAX_DEPTH = 20
/** Limits on the characters read of a line, and shown of a condition. */
const MAX_LINE = 400
const MAX_SHOWN = 120
const MODULE = /^(?:pub(?:\([^)]{0,80}\))?\s{1,4})?mod\s{1,4}(?:r#)?(\w{1,100})\s{0,4};/
/** Conditions that tools set, not users. */
const OF_TOOLS = /^(?:not\((?:test|doc|docsrs|doctest|miri|loom|kani|rust_analyzer)\)|test|doc|docsrs)$/

type Conditions = readonly string[]

interface Module {
  name: string
  /** The path in `#[path = "…"]`; '' without one. */
  path: string
  conditions: Conditions
}

interface FileConditions {
  /** By index of the line; lines without conditions are absent. */
  lines: ReadonlyMap<number, Conditions>
  /** Those of `#![cfg(…)]`, for all of the file. */
  whole: Conditions
  modules: readonly Module[]
}

/** @returns A function that gives the conditions of the item at a line (from 1) of a file, the outermost first. */
export function cfgConditions(
  files: ReadonlyMap<string, Pick<SourceFile, 'text'>>,
): (path: string, line: number) => Conditions {
  const read = new Map<string, FileConditions>()
  for (const [path, { text }] of files) if (path.endsWith('.rs') && text != null) read.set(path, readFile(text))
  /** How a file is declared as a module; among multiple declarations, the one with the fewest conditions. */
  const declared = new Map<string, { by: string; conditions: Conditions }>()
  for (const [by, { modules }] of read) {
    for (const module of modules) {
      const path = filesOf(by, module).find((one) => read.has(one))
      const known = path === undefined ? undefined : declared.get(path)
      if (path !== undefined && (known === undefined || module.conditions.length < known.conditions.length))
        declared.set(path, { by, conditions: module.conditions })
    }
  }
  const ofFile = new Map<string, Conditions>()
  const conditionsOf = (path: string, depth: number): Conditions => {
    const known = ofFile.get(path)
    if (known !== undefined) return known
    const parent = declared.get(path)
    const around =
      parent === undefined || depth > MAX_DEPTH
        ? []
        : [...conditionsOf(parent.by, depth + 1), ...parent.conditions].slice(0, MAX_DEPTH)
    const all = [...new Set([...around, ...(read.get(path)?.whole ?? [])])]
    ofFile.set(path, all)
    return all
  }
  return (path, line) => [...new Set([...conditionsOf(path, 0), ...(read.get(path)?.lines.get(line - 1) ?? [])])]
}

/** `#[cfg(all(unix, feature = "net"))]`; long ones are truncated. */
export function cfgAttribute(conditions: Conditions): string {
  const joined = conditions.map((one) => /^all\((.*)\)$/.exec(one)?.[1] ?? one).join(', ')
  const all = conditions.length === 1 ? (conditions[0] ?? '') : `all(${joined})`
  return `#[cfg(${all.length > MAX_SHOWN ? `${all.slice(0, MAX_SHOWN - 1)}…` : all})]`
}

/** The files that `mod x;` may name. */
function filesOf(by: string, { name, path }: Module): string[] {
  const folder = folderOf(by)
  if (path !== '') return [inFolder(folder, path)]
  const stem = nameOf(by).slice(0, -'.rs'.length)
  const own = inFolder(folder, stem)
  const homes = stem === 'mod' || stem === 'lib' || stem === 'main' ? [folder] : [own, folder]
  return homes.flatMap((home) => [inFolder(home, `${name}.rs`), inFolder(home, `${name}/mod.rs`)])
}

function readFile(text: string): FileConditions {
  const found = new Map<number, Conditions>()
  const modules: Module[] = []
  const whole: string[] = []
  const blocks: { margin: number; conditions: Conditions }[] = []
  let own: string[] = []
  let path = ''
  const lines = text.split('\n', MAX_LINES)
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').slice(0, MAX_LINE)
    let words = line.trim()
    if (words === '' || words.startsWith('//')) continue
    const margin = line.search(/\S/)
    while (words.startsWith('#[') || words.startsWith('#![')) {
      const attribute = attributeAt(lines, at, words)
      if (attribute === undefined) break
      const condition = conditionIn(attribute.text)
      if (condition !== '' && !words.startsWith('#!')) own.push(condition)
      else if (condition !== '' && margin === 0) whole.push(condition)
      else if (condition !== '') {
        // It is for the block around it, whose head has a smaller margin.
        while ((blocks.at(-1)?.margin ?? -1) >= margin) blocks.pop()
        const conditions = [...(blocks.at(-1)?.conditions ?? []), condition]
        blocks.push({ margin: margin - 1, conditions: conditions.slice(0, MAX_DEPTH) })
      }
      path = /^#\[path\s{0,4}=\s{0,4}"([^"]{1,200})"/.exec(attribute.text)?.[1] ?? path
      at = attribute.last
      words = attribute.rest
    }
    if (words === '' || words.startsWith('#')) continue
    // `where`, `{` and `)` on lines of their own continue the line above.
    if (!/^(?:where\b|[{)>])/.test(words)) while ((blocks.at(-1)?.margin ?? -1) >= margin) blocks.pop()
    const conditions = [...(blocks.at(-1)?.conditions ?? []), ...own]
    if (conditions.length > 0) found.set(at, conditions)
    if (own.length > 0) blocks.push({ margin, conditions: conditions.slice(0, MAX_DEPTH) })
    const name = MODULE.exec(words)?.[1]
    if (name !== undefined) modules.push({ name, path, conditions })
    own = []
    path = ''
  }
  return { lines: found, whole, modules }
}

/** The attribute that begins with `words`, the index of its last line, and what follows it there. */
function attributeAt(
  lines: readonly string[],
  start: number,
  words: string,
): { text: string; last: number; rest: string } | undefined {
  let text = ''
  let depth = 0
  for (let last = start; last < lines.length && last < start + MAX_ATTRIBUTE_LINES; last++) {
    const line = last === start ? words : ` ${(lines[last] ?? '').slice(0, MAX_LINE).trim()}`
    for (let at = 0; at < line.length; at++) {
      if (line[at] === '[') depth++
      else if (line[at] === ']' && --depth === 0)
        return { text: text + line.slice(0, at + 1), last, rest: line.slice(at + 1).trim() }
    }
    text += line
  }
  return undefined
}

/** The condition in `#[cfg(…)]`; '' for another attribute, and for conditions that tools set. */
function conditionIn(attribute: string): string {
  const inner = /^#!?\[cfg\((.*)\)\]$/.exec(attribute)?.[1] ?? ''
  const plain = inner
    .split(/\s/)
    .filter((word) => word !== '')
    .join(' ')
    .replaceAll('( ', '(')
    .replaceAll(', )', ')')
    .replaceAll(' )', ')')
    .replace(/,$/, '')
  return OF_TOOLS.test(plain) ? '' : plain
}
