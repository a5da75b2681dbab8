/**
 * Finds attributes and annotations that matter to users: those of C# and Java types, such as `[Flags]` and `@Mojo(…)`, those
 * that make a Java field a setting, marks of Kotlin that require an opt-in, and `#[must_use]` of Rust.
 */

import { endOfBracket, SETS_FIELD } from '#generate/attributes.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'enum'])
const ATTRIBUTE = /^\[(?!assembly:|module:)(\w{1,60})\b[^[\]]{0,160}\]$/
/** Attributes for tools and editors, and those that are shown as a deprecation. */
const FOR_TOOLS =
  /^(?:PublicAPI|UsedImplicitly|EditorBrowsable|Exclude\w*|Debugger\w*|CompilerGenerated|Generated\w*|SuppressMessage|SuppressWarnings|SafeVarargs|SuppressLint|Obsolete|Deprecated|Null\w*|NonNull\w*|MeansImplicitUse|Embedded|CheckReturnValue|CanIgnoreReturnValue|VisibleForTesting)(?:Attribute)?$/
const MAX_LINES = 6
/** Limit on the characters of an annotation with its arguments; longer ones are left out. */
const MAX_ANNOTATION = 160
const ANNOTATION = /^@(?!interface\b)(?:\w{1,20}:)?(?:\w{1,60}\.){0,8}(\w{1,60})/

interface Annotation {
  name: string
  text: string
}

export function attributesOf(repo: RepoIndex, component: Component): string[] {
  const { kind, file } = component
  switch (repo.files.get(file)?.language) {
    case 'csharp':
      return TYPES.has(kind) ? csharpAttributes(repo, component) : []
    case 'java': {
      const found = TYPES.has(kind) || kind === 'field' ? annotationsOf(repo, component) : []
      const shown = found.filter(({ name }) => (kind === 'field' ? SETS_FIELD.test(name) : !FOR_TOOLS.test(name)))
      return shown.map(({ text }) => text)
    }
    case 'kotlin': {
      const marks = optInMarks(repo)
      if (marks.size === 0) return []
      const found = annotationsOf(repo, component).filter(({ name }) => marks.has(name))
      // `@property:Delicate` says which of several declarations in one it marks.
      return found.map(({ text }) => text.replace(/^@\w{1,20}:/, '@'))
    }
    case 'rust':
      return attributesAbove(repo, component).filter((line) => MUST_USE.test(line))
    default:
      return []
  }
}

const MUST_USE = /^#\[(?:must_use|non_exhaustive)\b[^\n]{0,160}\]$/

/** The lines of attributes directly above a definition of Rust. */
function attributesAbove(repo: RepoIndex, { file, startLine }: Component): string[] {
  const lines = codeLines(repo, file, Math.max(1, startLine - MAX_LINES), startLine - 1).map((line) => line.trim())
  return lines.slice(lines.findLastIndex((line) => !line.startsWith('#[')) + 1)
}

function csharpAttributes(repo: RepoIndex, { file, startLine, endLine }: Component): string[] {
  const found: string[] = []
  for (const line of codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES))) {
    const [whole, name = ''] = ATTRIBUTE.exec(line.trim()) ?? []
    if (whole === undefined) break
    if (!FOR_TOOLS.test(name)) found.push(whole)
  }
  return found
}

/** The annotations before a declaration, on lines of their own or on its line. */
function annotationsOf(repo: RepoIndex, { file, startLine, endLine }: Component): Annotation[] {
  const found: Annotation[] = []
  let text = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES))
    .map((line) => line.trim().slice(0, MAX_ANNOTATION * 2))
    .join(' ')
  for (let match = ANNOTATION.exec(text); match !== null; match = ANNOTATION.exec(text)) {
    const { length: named } = match[0]
    const length = text[named] === '(' ? endOfBracket(text, named) : named
    if (length <= MAX_ANNOTATION) found.push({ name: match[1] ?? '', text: text.slice(0, length) })
    text = text.slice(length).trimStart()
  }
  return found
}

const known = new WeakMap<RepoIndex, ReadonlySet<string>>()

/** Names of the repository's annotation classes whose use requires an opt-in. */
function optInMarks(repo: RepoIndex): ReadonlySet<string> {
  const found = known.get(repo)
  if (found !== undefined) return found
  const marks = [...repo.components.values()].filter(
    (one) =>
      /\.kts?$/.test(one.file) &&
      /\bannotation class\b/.test(one.signature) &&
      annotationsOf(repo, one).some(({ name }) => name === 'RequiresOptIn'),
  )
  const names = new Set(marks.map(({ name }) => name))
  known.set(repo, names)
  return names
}
