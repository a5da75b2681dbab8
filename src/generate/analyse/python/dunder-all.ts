/**
 * Determines the exports of a module: `__all__`, if it can be read without running it, else every name without an
 * underscore.
 */

import { append } from '#base/long-arrays.ts'
import { NONE, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import type { Incidents } from '#generate/incidents.ts'
import { dottedParts } from './dotted-parts.ts'
import type { FileFacts } from './facts.ts'
import { importedModule } from './imports.ts'
import { keysOfDictionary } from './lazy-exports.ts'
import type { Module } from './modules.ts'
import { operatorBetween } from './operators.ts'
import { exportKey } from './parts.ts'
import type { Program } from './program.ts'
import { stringAt } from './strings.ts'
import { K } from './syntax.ts'

export interface Exports {
  /** The names of `__all__`; `null` if there is none. */
  readonly names: ReadonlySet<string> | null
  /** True if parts of `__all__` are not static, so that names missing from it may be exported too. */
  readonly isOpen: boolean
}

const NO_EXPORTS: Exports = { names: null, isOpen: true }

/** Limit on the names and parts of one `__all__`. */
const MAX_NAMES = 20_000

export function exportsOf(program: Program, file: FileFacts): Exports {
  if (file.exported !== undefined) {
    program.evaluator.touch(exportKey(file.path, '*'))
    return file.exported
  }
  // For modules that build their `__all__` from each other's: no names.
  return program.evaluator.ask(file.exports, file.parts.rest, NO_EXPORTS, () => readAll(program, file))
}

/** Determines what each file exports, before definitions get their ids. */
export function resolveExports(program: Program, files: Iterable<FileFacts>, incidents: Incidents): void {
  const settled = new Map<FileFacts, Exports>()
  program.evaluator.recordAnswers()
  incidents.each(files, { stage: 'analyse', fileOf: ({ path }) => path }, (file) => {
    settled.set(file, NO_EXPORTS)
    program.evaluator.startFor(file.parts.rest, file.allStatements.length)
    settled.set(file, exportsOf(program, file))
  })
  for (const [file, exports] of settled) file.exported = exports
  program.evaluator.discardRecorded()
}

/** Whether `from file import *` imports the name. */
export function isExportedByStar(program: Program, file: FileFacts, name: string): boolean {
  program.evaluator.touch(file.parts.exported(name).path)
  const { names, isOpen } = file.exported ?? exportsOf(program, file)
  return names?.has(name) === true || (isOpen && !name.startsWith('_'))
}

function readAll(program: Program, file: FileFacts): Exports {
  if (file.allStatements.length === 0) return NO_EXPORTS
  const names = new Set<string>()
  let isOpen = false
  const { tree } = file
  for (const statement of file.allStatements) {
    const kind = tree.kind(statement)
    if (kind === K.call) {
      const method = tree.textOf(tree.last(tree.first(statement)))
      const list = tree.last(statement)
      const argument = list === NONE ? NONE : tree.first(list)
      if (argument === NONE) continue
      if (method === 'remove') {
        const name = stringAt(tree, argument)
        if (name !== undefined) names.delete(name)
      } else if (method === 'append' || method === 'extend') {
        isOpen = !collect(program, file, argument, names) || isOpen
      } else isOpen = true
      continue
    }
    const value = tree.last(statement)
    if (value === tree.first(statement) || tree.kind(value) === K.type) continue
    // Assignments in two branches of an `if` both count.
    isOpen = !collect(program, file, value, names) || isOpen
  }
  return { names, isOpen }
}

/** Adds the names of one part; false if it is not static. */
function collect(program: Program, file: FileFacts, expression: number, names: Set<string>): boolean {
  const { tree } = file
  let isStatic = true
  const removed = new Set<string>()
  const work = [expression]
  for (let done = 0; work.length > 0; done++) {
    const node = work.pop() ?? NONE
    if (done > MAX_NAMES || names.size > MAX_NAMES) return false
    switch (tree.kind(node)) {
      case K.list:
      case K.tuple:
      case K.set:
      case K.expression_list:
      case K.parenthesized_expression:
      case K.list_splat:
        append(work, tree.children(node).slice(0, MAX_NAMES))
        break
      case K.binary_operator: {
        const [left, right] = [tree.first(node), tree.last(node)]
        const operator = operatorBetween(tree, left, right)
        if (operator === '+' || operator === '|') work.push(left, right)
        else {
          if (operator === '-') work.push(left)
          isStatic = operator === '-' && namesIn(tree, right, removed) && isStatic
        }
        break
      }
      case K.string:
      case K.concatenated_string: {
        const name = stringAt(tree, node)
        if (name !== undefined) names.add(name)
        break
      }
      case K.call: {
        const called = tree.first(node)
        // `DICTIONARY.keys()`
        if (tree.kind(called) === K.attribute && tree.textOf(tree.last(called)) === 'keys') {
          work.push(tree.first(called))
          break
        }
        const isCopy = /^(?:list|tuple|sorted|set|frozenset)$/.test(tree.textOf(called).slice(0, 20))
        const list = tree.last(node)
        if (isCopy && tree.kind(list) === K.argument_list && tree.first(list) !== NONE) work.push(tree.first(list))
        else isStatic = false
        break
      }
      case K.attribute:
      case K.identifier:
        isStatic = addFrom(program, file, node, names) && isStatic
        break
      default:
        isStatic = false
    }
  }
  for (const name of removed) names.delete(name)
  return isStatic
}

/** Adds the names of a literal that lists them; false for anything else. */
function namesIn(tree: SyntaxTree, list: number, names: Set<string>): boolean {
  const kind = tree.kind(list)
  if (kind !== K.set && kind !== K.list && kind !== K.tuple) return false
  const found = tree.children(list).map((child) => stringAt(tree, child))
  for (const name of found) if (name !== undefined) names.add(name)
  return !found.includes(undefined)
}

/** Adds the names of `other.__all__`, or of `__all__` imported under another name. */
function addFrom(program: Program, file: FileFacts, node: number, names: Set<string>): boolean {
  const { tree } = file
  const parts = dottedParts(tree, node)
  if (parts === undefined) return false
  let other: FileFacts | undefined
  if (tree.kind(node) === K.identifier) {
    const keys = keysOfDictionary(file, parts[0] ?? '')
    if (keys !== undefined) {
      for (const key of keys) names.add(key)
      return true
    }
    const binding = file.top.names.get(parts[0] ?? '')?.find((one) => one.source?.name === '__all__')
    const module = binding?.source == null ? undefined : importedModule(program, file, binding.source)
    other = fileAt(program, module)
    if (parts[0] === '__all__') return true
  } else if (parts.pop() === '__all__') {
    const found = lookUpDotted(program, file, parts)
    other = fileAt(program, found)
  }
  if (other === undefined || other === file) return false
  const exports = exportsOf(program, other)
  for (const name of exports.names ?? []) names.add(name)
  return exports.names !== null && !exports.isOpen
}

function fileAt(program: Program, module: Module | undefined): FileFacts | undefined {
  if (module?.path == null) return undefined
  program.evaluator.touch(exportKey(module.path, '*'))
  return program.fileAt(module.path)
}

function lookUpDotted(program: Program, file: FileFacts, parts: readonly string[]) {
  const [first, ...rest] = parts
  if (first === undefined) return undefined
  const [binding] = file.top.names.get(first) ?? []
  const value = binding === undefined ? null : program.evaluateBinding(binding).value
  let module = value?.kind === 'module' ? value.module : undefined
  for (const part of rest) module = module === undefined ? undefined : program.childOf(module, part)
  return module
}
