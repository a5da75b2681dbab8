/** Recognises tests that expect failures, which show how not to use something. */

import { findText } from '#base/find-text.ts'
import { codeLines, indentOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Words in the names of tests for failures. */
const FAILING =
  /(?:error|exception|fail|garbage|illegal|invalid|malformed|panic|raise|reject|throw|unknown|wrong|do(?:es)?_?(?:not|nothing))/i
/** Match assertions of failures, in common libraries or defined by the tests themselves. */
const EXPECTS: readonly RegExp[] = [
  /\bexpectedException|\bExpectedException\b|\bshould_panic\b|\bunwrap_err\b|\bexpect_err\b|\.is_err\(|\.errors?\(\)->/,
  /\b(?:assert|check|ensure|expect|should|verify)[A-Za-z_]{0,30}(?:Error|Exception|Fail|Invalid|Panic|Raise|Throw)/i,
  /\b(?:assert|require|t|chai)\.(?:Error|Panics|rejects|throws)\w*\(/,
  /\.rejects\b|\.to(?:Be)?(?:Reject|Throw)\w*|\.to\.(?:be\.rejected|throw)|\bthrownBy\b|\bThrowsA?(?:ny)?(?:Async)?[<(]/,
  /\brecover\(\)|\braise_(?:error|exception)\b|\b(?:must_raise|raises)\b|@Test\s{0,4}\(\s{0,4}expected\b/,
]
/** Matches assertions that nothing fails. */
const EXPECTS_NONE =
  /no_?(?:error|exception|panic|throw)|not_?(?:error|fail|invalid|panic|raise|throw)|not_to\b|to_not\b|\.not\.|nothing_raised|is_err\(\)\s{0,4}(?:==|,)\s{0,4}false|!\s{0,4}\w{1,40}\.is_err\(/i
/** Matches the start of a test that is a call: `it 'fails' do`, `test('fails', () => {`. */
const BEGINS = /^\s{0,40}(?:it|test|specify|should|scenario|Deno\.test|t\.Run)(?:\.\w{1,20}){0,3}\s{0,2}[ (]/
/** Matches comments that the next line is an error. */
const EXPECTED_BY_COMPILER = /@ts-expect-error|\$ExpectError/
const MAX_LINES = 300
/** Limit on the lines of a block in which a call is expected to fail. */
const MAX_BLOCK = 6
/** Limit on the lines of attributes and doc comments above a test. */
const MAX_ABOVE = 12

/**
 * Whether the test around a line expects a failure.
 *
 * @param user - The component, or the file as a whole, that contains the line.
 */
export function expectsFailure(repo: RepoIndex, user: string, path: string, line: number): boolean {
  if (FAILING.test(user.slice(user.indexOf('#') + 1))) return true
  const own = repo.components.get(user)
  const isLong = own === undefined || own.endLine - own.startLine > MAX_LINES
  const isTest = own?.kind === 'function' || own?.kind === 'method'
  const [from, to] = (isTest && !isLong ? [aboveOf(repo, path, own.startLine), own.endLine] : undefined) ??
    blockAround(repo, path, line) ?? [line, line]
  const lines = codeLines(repo, path, from, to).map((one) => one.slice(0, 300))
  if (BEGINS.test(lines[0] ?? '') && FAILING.test(lines[0] ?? '')) return true
  return lines.some(isExpecting)
}

/** Whether the comment above a line says that the compiler rejects it. */
export const isCompileError = (repo: RepoIndex, path: string, line: number): boolean =>
  EXPECTED_BY_COMPILER.test((codeLines(repo, path, line - 1, line - 1)[0] ?? '').slice(0, 300))

/** Whether a line, or the block around it, expects a failure, or the comment above it says that it is an error. */
export function failsAt(repo: RepoIndex, path: string, line: number): boolean {
  const lines = codeLines(repo, path, Math.max(1, line - MAX_BLOCK), line).map((one) => one.slice(0, 300))
  const own = lines.at(-1) ?? ''
  const head = lines.findLast((one) => one.trim() !== '' && indentOf(one) < indentOf(own)) ?? ''
  if (isCompileError(repo, path, line)) return true
  return [own, head].some(isExpecting)
}

/** Whether a line of code says that something fails. */
export const isExpecting = (line: string): boolean =>
  !EXPECTS_NONE.test(line) && EXPECTS.some((expects) => expects.test(line))

/** Characters after the mention of a data provider in which its test expects a failure. */
const MAX_TEST = 800

/** Whether the code around a use gives the data of a test that expects failures: `@dataProvider wrongPlans`. */
export function feedsFailure(repo: RepoIndex, user: string, path: string): boolean {
  const { name, kind } = repo.components.get(user) ?? {}
  const text = repo.files.get(path)?.text
  if (name === undefined || text == null || (kind !== 'method' && kind !== 'function') || !PROVIDES.test(path))
    return false
  for (const form of [`dataProvider ${name}\n`, `DataProvider('${name}')`, `MethodSource("${name}")`]) {
    const at = findText(text, form)
    const test = at < 0 ? '' : text.slice(at, at + MAX_TEST)
    const lines = test.split('\n').map((line) => line.slice(0, 300))
    if (lines.some((line) => EXPECTS.some((expects) => expects.test(line)))) return true
  }
  return false
}

const PROVIDES = /\.(?:php|java|kt)$/

/** The first line of the attributes and comments above a definition. */
function aboveOf(repo: RepoIndex, path: string, line: number): number {
  const above = codeLines(repo, path, Math.max(1, line - MAX_ABOVE), line - 1)
  const last = above.findLastIndex((one) => !/^\s*(?:#?\[|@|\*|\/[*/])/.test(one))
  return line - above.length + last + 1
}

/** The lines of the test around a line, by indentation. */
function blockAround(repo: RepoIndex, path: string, line: number): [from: number, to: number] | undefined {
  const first = Math.max(1, line - MAX_LINES)
  const before = codeLines(repo, path, first, line)
  let margin = indentOf(before.at(-1) ?? '') + 1
  for (let at = before.length - 1; at >= 0; at--) {
    const text = before[at] ?? ''
    if (text.trim() === '' || indentOf(text) >= margin) continue
    margin = indentOf(text)
    if (!BEGINS.test(text)) continue
    const after = codeLines(repo, path, line + 1, line + MAX_LINES)
    const end = after.findIndex((one) => one.trim() !== '' && indentOf(one) <= margin)
    return [first + at, end < 0 ? line + after.length : line + 1 + end]
  }
  return undefined
}
