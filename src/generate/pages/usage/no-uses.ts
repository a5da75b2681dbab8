/**
 * Recognises places that name a component without using it: declarations without a value, versions in manifests, assignments,
 * checks of its type, aliases in its own file, and further parts of its definition.
 */

import type { Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isTest, type RepoIndex } from '#generate/pages/repo-index.ts'
import { SCRIPTS_AND_COMPONENTS } from '#generate/pages/script-languages.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { isCompileError } from './failing-tests.ts'

const MAX_BEFORE = 80
/** Matches words before the type of a variable. */
const BEFORE_TYPE =
  /^\s{0,80}(?:(?:auto|const|final|mutable|private|protected|public|readonly|static|struct|var|volatile)\s{1,4}){0,4}$/
/** Matches a variable without a value after its type: `*child = NULL;`. */
const NO_VALUE =
  /^\s{0,4}[*&?]{0,3}\s{0,4}[\w$]{1,60}(?:\s{0,4}=\s{0,4}(?:NULL|nullptr|null|nil|None|0|\{\s?0?\s?\}))?\s{0,4};/
/** Matches `#[cfg(doc)]`, for code that is compiled for the documentation only. */
const FOR_DOCS = /^\s{0,40}#\[cfg\((?:doc|docsrs)\)\]/
/** Matches an alias in its own file: `handler = module.exports;`. */
const OWN_ALIAS =
  /^\s{0,80}(?:(?:const|let|var)\s{1,4})?[\w$]{1,60}\s{0,4}=\s{0,4}(?:module\.)?exports\s{0,4};?\s{0,4}$/
const MAX_ITEM = 60

/** Whether a place that names a component does not use it. */
export function isNoUse(repo: RepoIndex, component: Component, use: Occurrence): boolean {
  const { kind, file, line, column, from } = use
  const { language: written, role } = repo.files.get(file) ?? {}
  const language = written ?? ''
  if (role === 'manifest' || (language === 'rust' && from === file && isForDocs(repo, use))) return true
  if (language === 'rust' && isImplemented(repo, component, use)) return true
  if (SCRIPTS_AND_COMPONENTS.has(language) && isTest(file, repo) && isCompileError(repo, file, line)) return true
  const isNamed = kind === 'references' || kind === 'uses-type'
  if (isNamed && TYPES.has(component.kind) && givesNoValue(repo, component, use)) return true
  if (kind !== 'references') return false
  // `map = map`
  if (from === file && file === component.file && line === component.startLine) return true
  if (component.kind === 'constant' && from === file && file === component.file && isSet(repo, component, use))
    return true
  const isScript = SCRIPTS_AND_COMPONENTS.has(language)
  if (!isScript && language !== 'python') return false
  const [text = ''] = codeLines(repo, file, line, line)
  if (isScript && file === component.file && OWN_ALIAS.test(text.slice(0, 400))) return true
  const at = text.indexOf(component.name, Math.max(0, column - 1))
  if (at < 0) return false
  const before = text.slice(Math.max(0, at - MAX_BEFORE), at)
  const behind = text.slice(at + component.name.length, at + component.name.length + MAX_BEFORE)
  // `store.touch = function () {}` replaces the method; setting a Python property uses it.
  const isReplaceable = component.kind === 'method' && !component.signature.startsWith('property ')
  if (isReplaceable && /^\s{0,4}=(?![=>])/.test(behind) && before.endsWith('.')) return true
  if (!isScript) return false
  // `assert.strictEqual(typeof session.Store, 'function')`
  if (isTest(file, repo) && /\btypeof\s(?:[\w$]{1,60}\.){0,4}$/.test(before)) return true
  if (file !== component.file || from !== file) return false
  // `defineMethod(Session.prototype, 'touch', …)` and `util.inherits(Store, EventEmitter)` are parts of its definition.
  return /^\.prototype\b/.test(behind) || /\binherits\(\s?$/.test(before)
}

/** `impl Plan {`, `impl<T> Show for Plan<T> {`: a further part of the definition of a type. */
function isImplemented(repo: RepoIndex, { kind, name }: Component, { file, line, column }: Occurrence): boolean {
  if (!TYPES.has(kind) || kind === 'trait') return false
  const [text = ''] = codeLines(repo, file, line, line)
  if (!/^\s{0,40}(?:unsafe )?impl\b/.test(text)) return false
  const at = text.indexOf(name, Math.max(0, column - 1))
  return at >= 0 && /(?:\bimpl(?:<[^{}]{0,200}>)?|\bfor) &?(?:\w{1,40}::){0,8}$/.test(text.slice(0, at).slice(-300))
}

/** Whether none of the places where a user names a component is a use. */
export function neverUses(repo: RepoIndex, component: Component, user: string): boolean {
  const uses = repo.occurrences.usesOf(user, component.id)
  return uses.length > 0 && uses.every((use) => isNoUse(repo, component, use))
}

/** Whether its own file assigns it: `css += '…'`. */
function isSet(repo: RepoIndex, { name }: Component, { file, line, column }: Occurrence): boolean {
  const [text = ''] = codeLines(repo, file, line, line)
  const at = text.indexOf(name, Math.max(0, column - 1))
  const behind = text.slice(at + name.length, at + name.length + MAX_BEFORE)
  return at >= 0 && text.slice(0, at).trim() === '' && /^\s{0,4}(?:[-+*/|&?]{1,2})?=(?![=>])/.test(behind)
}

/** Whether a place only declares variables of a type. */
function givesNoValue(
  repo: RepoIndex,
  { name, kind: type }: Component,
  { file, line, column, from }: Occurrence,
): boolean {
  const [text = ''] = codeLines(repo, file, line, line)
  const at = text.indexOf(name, Math.max(0, column - 1))
  if (at < 0) return false
  const before = text.slice(Math.max(0, at - MAX_BEFORE), at)
  const behind = text.slice(at + name.length, at + name.length + MAX_BEFORE)
  // In C++, `Table table;` constructs one.
  const isClass = (type === 'class' || type === 'struct') && repo.files.get(file)?.language === 'cpp'
  if (isClass && /^\s{0,4}[\w$]{1,60}\s{0,4};/.test(behind)) return false
  // A field is part of its type.
  const { kind } = repo.components.get(from) ?? {}
  return (kind === 'function' || kind === 'method') && BEFORE_TYPE.test(before) && NO_VALUE.test(behind)
}

/** Whether the item around a line is compiled for the documentation only, by the attributes above it. */
function isForDocs(repo: RepoIndex, { file, line }: Occurrence): boolean {
  const above = codeLines(repo, file, Math.max(1, line - MAX_ITEM), line)
  const head = above.findLastIndex((one) => /^[^\s)\]}#/]/.test(one))
  for (let at = head - 1; at >= 0 && /^(?:#\[|\/\/)/.test(above[at] ?? ''); at--)
    if (FOR_DOCS.test(above[at] ?? '')) return true
  return false
}
