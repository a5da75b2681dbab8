/**
 * Determines whether all uses of a definition are known: whether every line of the repository that holds its name declares
 * something of that name, or holds a use that was resolved, to it or to another definition.
 */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { codeLines, wordAt } from '#generate/pages/code-lines.ts'
import { instantiations } from '#generate/pages/constructors.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isCall } from './is-call.ts'
import { bareName, linesNaming, type NamedLine } from './named-lines.ts'

/** Below, one of several overloads was taken. */
const SURE = 0.9
/** A name that more definitions share is too common. */
const MAX_NAMESAKES = 60
/** Limit on the lines in which the name of a definition follows its attributes. */
const MAX_HEAD = 40
const MAX_LINE = 300
const DEFINES =
  /\b(?:class|def|enum|fn|fun|func|function|interface|mod|module|object|struct|trait|type)\s{1,8}(?:self\.)?$/
const SCRIPT_MEMBER = /^\s{0,40}(?:[a-z]{1,12}\s){0,4}$/

interface Names {
  readonly components: ReadonlyMap<string, readonly Component[]>
  /** Indexes of the edges to the components of each name. */
  readonly edges: ReadonlyMap<string, readonly number[]>
  /** The lines of imports by the names that they bind or take. */
  readonly imports: ReadonlyMap<string, readonly NamedLine[]>
  readonly answers: Map<string, boolean>
}

const known = new WeakMap<Writing, Names>()

export function areUsesKnown(writing: Writing, component: Component): boolean {
  const names = known.get(writing) ?? namesOf(writing)
  const name = bareName(component.name)
  const found = names.answers.get(name) ?? isResolved(writing, names, name, component)
  names.answers.set(name, found)
  return found && instantiations(writing.repo, component) === 0
}

/** The names by which lines use a component: of a constructor, that of its type. */
function namesFor({ repo }: Writing, component: Component): string[] {
  const parent = isConstructor(repo, component) ? repo.components.get(component.parent ?? '')?.name : undefined
  return [component.name, ...(parent === undefined ? [] : [parent])].map(bareName)
}

function namesOf(writing: Writing): Names {
  const { analysis, repo } = writing
  const components = new Map<string, Component[]>()
  const edges = new Map<string, number[]>()
  const imports = new Map<string, NamedLine[]>()
  for (const one of repo.components.values()) push(components, bareName(one.name), one)
  for (const [index, { to, origin, confidence }] of analysis.edges.entries()) {
    const target = repo.components.get(to)
    if (target === undefined || origin === 'unique-name' || confidence < SURE) continue
    for (const name of new Set(namesFor(writing, target))) push(edges, name, index)
  }
  for (const file of repo.files.keys())
    for (const { name, imported, to, line } of repo.occurrences.bindingsOf(file))
      if (to !== null) for (const one of new Set([name, imported ?? name])) push(imports, bareName(one), { file, line })
  const names = { components, edges, imports, answers: new Map<string, boolean>() }
  known.set(writing, names)
  return names
}

function isResolved(writing: Writing, names: Names, name: string, { file }: Component): boolean {
  const { repo } = writing
  const namesakes = names.components.get(name) ?? []
  const all = linesNaming(writing, name, repo.files.get(file)?.language ?? '')
  if (all === undefined || namesakes.length > MAX_NAMESAKES) return false
  // Tokens that are explained on each line: more than these name something else.
  const left = new Map<string, number>()
  const explain = (one: NamedLine, count: number): unknown => left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + count)
  for (const one of names.imports.get(name) ?? []) explain(one, Infinity)
  for (const { file, startLine, endLine } of namesakes) {
    const head = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_HEAD))
    const at = head.findIndex((line) => wordAt(line.replace(/[$@:]/g, ' '), name) >= 0)
    explain({ file, line: startLine + Math.max(0, at) }, 1)
  }
  const seen = new Set<string>()
  for (const edge of names.edges.get(name) ?? [])
    for (const use of repo.occurrences.ofEdge(edge)) {
      const key = `${use.column} ${keyOf(use)}`
      if (!seen.has(key)) explain(use, 1)
      seen.add(key)
    }
  return all.every((one) => {
    const count = left.get(keyOf(one)) ?? 0
    left.set(keyOf(one), count - 1)
    return count > 0 || isDeclared(writing, name, one)
  })
}

const keyOf = ({ file, line }: NamedLine): string => `${line} ${file}`

/** Whether a line declares something of the name that is no component of its own: a prototype, an overload, a part of a macro. */
function isDeclared({ repo }: Writing, name: string, { file, line }: NamedLine): boolean {
  const text = (codeLines(repo, file, line, line)[0] ?? '').slice(0, MAX_LINE)
  const at = wordAt(text, name)
  if (at < 0) return false
  const [before, behind] = [text.slice(0, at), text.slice(at + name.length)]
  if (DEFINES.test(before)) return true
  const language = repo.files.get(file)?.language ?? ''
  // `get<Key>(key: Key): Value[Key];`
  if (language === 'typescript' || language === 'tsx')
    return SCRIPT_MEMBER.test(before) && /^[<(].*\):[^()'"]+[;{]$/.test(behind)
  if (language !== 'c' && language !== 'cpp') return false
  // `int plan(int left);`, `int Orbit::plan(int left) {`
  return /^[\w~][\w\s:<>,*&~]*$/.test(before) || (/\w[\s*&]+$/.test(before) && !isCall(text, name, language))
}
