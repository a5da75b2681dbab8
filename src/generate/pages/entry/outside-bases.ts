/**
 * Finds third-party base types, and the properties of a constructor function, which the graph does not contain: from the head
 * of a Python class, the body of a Go interface, or the statements after a JavaScript function.
 */

import { findText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { writtenBases } from '#generate/pages/module/written-bases.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { SCRIPTS } from '#generate/pages/script-languages.ts'

export interface OutsideBase {
  name: string
  line: number
}

/** Limit on the lines of a file that are searched for the base of a function, and of a body for properties. */
const MAX_LINES = 3_000
const MAX_LINE = 300
const MAX_HEAD = 600
const MAX_PROPERTIES = 12
const BASE = String.raw`([\p{L}_$][\p{L}\p{N}_$.]{0,80})`

/** The bases that a class names beside bases of the repository; for a constructor function of JavaScript, all of them. */
export function outsideBases(repo: RepoIndex, component: Component): OutsideBase[] {
  if (component.kind === 'interface' && component.file.endsWith('.go')) return embeddedInterfaces(repo, component)
  if (component.kind !== 'class' && component.kind !== 'struct') return []
  const own = (repo.bases.get(component.id) ?? []).flatMap((id) => repo.components.get(id)?.name ?? [])
  const stated = isConstructorFunction(repo, component) ? prototypeBases(repo, component) : []
  if (stated.length > 0) return stated.filter(({ name }) => !own.includes(lastOf(name)))
  if (own.length === 0) return []
  const written = [
    ...writtenBases(repo, component).filter(({ how }) => how === 'extends'),
    ...pythonBases(repo, component),
  ]
  const names = written.map(({ name }) => name)
  // If a base of the repository is imported under another name, any of the names may be that base.
  if (own.some((one) => !names.some((name) => lastOf(name) === one))) return []
  return names.filter((name) => !own.includes(lastOf(name))).map((name) => ({ name, line: component.startLine }))
}

/** `http.Handler` on a line of its own in an interface of Go. */
function embeddedInterfaces(repo: RepoIndex, { id, file, startLine, endLine }: Component): OutsideBase[] {
  const own = new Set((repo.bases.get(id) ?? []).flatMap((base) => repo.components.get(base)?.name ?? []))
  return codeLines(repo, file, startLine + 1, Math.min(endLine, startLine + MAX_LINES)).flatMap((line, index) => {
    const [, name] = /^\t(\w{1,60}\.\w{1,60})(?: \/\/.*)?$/.exec(line.slice(0, MAX_LINE)) ?? []
    return name === undefined || own.has(lastOf(name)) ? [] : [{ name, line: startLine + 1 + index }]
  })
}

/** `message` and `code` for `this.message = …` in a constructor function; names that begin with `_` are private. */
export function assignedProperties(repo: RepoIndex, component: Component): string[] {
  if (component.kind !== 'class' || !isConstructorFunction(repo, component)) return []
  const { file, startLine, endLine } = component
  const names = new Set<string>()
  let depth = 0
  let inner = Number.POSITIVE_INFINITY
  for (const line of codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES))) {
    const text = line.slice(0, MAX_LINE)
    const isInner = depth > 0 && /\bfunction\b/.test(text)
    const [, name] =
      /^\s*(?:if ?\([^()]{0,100}\) )?this\.(\p{L}[\p{L}\p{N}$]{0,60}) ?=(?!=| ?function\b)/u.exec(text) ?? []
    if (name !== undefined && depth < inner) names.add(name)
    if (isInner) inner = Math.min(inner, depth + 1)
    depth += text.split('{').length - text.split('}').length
    if (depth < inner) inner = Number.POSITIVE_INFINITY
  }
  return [...names].slice(0, MAX_PROPERTIES)
}

/** Whether a class is written as a function. */
function isConstructorFunction(repo: RepoIndex, { file, signature }: Component): boolean {
  return SCRIPTS.has(repo.files.get(file)?.language ?? '') && !/\bclass\b/.test(signature.slice(0, MAX_HEAD))
}

/** `util.inherits(A, B)`, `Object.setPrototypeOf(A.prototype, B.prototype)`, `A.prototype = Object.create(B.prototype)`. */
function prototypeBases(repo: RepoIndex, { name, file }: Component): OutsideBase[] {
  if (!/^[\p{L}\p{N}_$]+$/u.test(name)) return []
  const own = name.replaceAll('$', String.raw`\$`)
  const forms = [
    String.raw`^(?:[\w$]+\.)?inherits\(${own}, ?${BASE}\)`,
    String.raw`^Object\.setPrototypeOf\(${own}\.prototype, ?${BASE}\.prototype\)`,
    String.raw`^${own}\.prototype = Object\.create\(${BASE}\.prototype\b`,
    String.raw`^${own}\.prototype\.__proto__ = ${BASE}\.prototype\b`,
    String.raw`^${own}\.prototype = new ${BASE}\b`,
  ].map((form) => new RegExp(form, 'u'))
  for (const [index, line] of codeLines(repo, file, 1, MAX_LINES).entries()) {
    const text = line.slice(0, MAX_LINE)
    const base = text.includes(name)
      ? forms.map((form) => form.exec(text)?.[1]).find((one) => one !== undefined)
      : undefined
    if (base !== undefined) return [{ name: base, line: index + 1 }]
  }
  return []
}

/** `class A(B, c.D, metaclass=M):` */
function pythonBases(repo: RepoIndex, { name, file, signature }: Component): { name: string }[] {
  if (repo.files.get(file)?.language !== 'python') return []
  const head = signature.slice(0, MAX_HEAD)
  const start = findText(head, `${name}(`)
  const [, list = ''] = start < 0 ? [] : (/^([^()]*)\)/.exec(head.slice(start + name.length + 1)) ?? [])
  return list.split(/,(?![^[]*\])/).flatMap((one) => {
    const [found] = /^[\p{L}_][\p{L}\p{N}_.]{0,80}(?=\[|$)/u.exec(one.trim()) ?? []
    return found === undefined ? [] : [{ name: found }]
  })
}

const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
