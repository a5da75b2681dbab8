/** Finds tests in code files: items that Rust or the C preprocessor compiles for tests only. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Matches `#[cfg(test)]`, `#[cfg(all(test, feature = "std"))]`, `#[cfg(doctest)]`, but not `#[cfg(not(test))]` or `any(…)`. */
const FOR_TESTS = /^\s*#\[cfg\((?:all\()?(?:doc)?test\b/
/** `#[test]`, `#[tokio::test(flavor = "…")]`, `#[bench]` */
const TEST = /^\s*#\[(?:\w+::)?(?:test|bench)\b/
const TEST_MODULE = /^(\s{0,80})(?:pub(?:\([a-z]{1,10}\))? )?mod \w{1,80} \{$/
const ATTRIBUTE = /^\s{0,80}(?:#\[|\/\/)/
/** Limit on the lines of attributes and comments above a definition. */
const MAX_ABOVE = 20

/** Matches preprocessor conditions: `#ifdef REDIS_TEST`, `#if defined(SDS_TEST_MAIN)`. */
const IF = /^\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b(.*)/
const TEST_WORD = /^TEST(?:S|ING)?$/
const MAX_LINES = 50_000

/** Ids of tests, of components for tests only, and of all components inside them. */
export function testsInCode(files: RepoIndex['files'], components: Iterable<Component>): Set<string> {
  const byFile = new Map<string, Component[]>()
  for (const component of components) {
    if (!COMPILED.has(files.get(component.file)?.language ?? '')) continue
    const known = byFile.get(component.file)
    if (known === undefined) byFile.set(component.file, [component])
    else known.push(component)
  }
  const found = new Set<string>()
  for (const [path, own] of byFile) {
    if (files.get(path)?.language !== 'rust') {
      const spans = linesForTests(files, path)
      for (const { id, startLine } of own)
        if (spans.some(([from, to]) => from <= startLine && startLine <= to)) found.add(id)
      continue
    }
    const modules = testModules(files, path)
    let end = 0
    for (const component of own.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine)) {
      if (component.startLine > end && isMarked(files, component)) end = component.endLine
      const { startLine } = component
      if (startLine <= end || modules.some(([from, to]) => from <= startLine && startLine <= to))
        found.add(component.id)
    }
  }
  return found
}

/**
 * Lines of the test modules of a Rust file: from `mod tests {` to the brace with the same indentation, since macros in them
 * may not be parsed.
 */
function testModules(files: RepoIndex['files'], path: string): (readonly [from: number, to: number])[] {
  const { text, lines } = files.get(path) ?? {}
  if (text?.includes('test') !== true) return []
  const spans: (readonly [number, number])[] = []
  let end: string | null = null
  let [start, isMarked] = [0, false]
  for (const [index, line] of codeLines({ files }, path, 1, Math.min(lines ?? 0, MAX_LINES)).entries()) {
    if (end === null) {
      const [, margin] = (isMarked ? TEST_MODULE.exec(line.slice(0, 300)) : null) ?? []
      if (margin !== undefined) [end, start] = [`${margin}}`, index + 1]
      isMarked = FOR_TESTS.test(line) || (isMarked && ATTRIBUTE.test(line))
    } else if (line.trimEnd() === end) {
      spans.push([start, index + 1])
      end = null
    }
  }
  return spans
}

const COMPILED = new Set(['rust', 'c', 'cpp'])

/** `SDS_TEST_MAIN`, `UNIT_TESTS` */
function namesTest(condition: string): boolean {
  return condition.split(/[^A-Z0-9_a-z]/).some((name) => name.split('_').some((word) => TEST_WORD.test(word)))
}

/** Lines of a C or C++ file that are compiled for tests only. */
function linesForTests(files: RepoIndex['files'], path: string): (readonly [from: number, to: number])[] {
  const { text, lines } = files.get(path) ?? {}
  if (text?.includes('TEST') !== true) return []
  const spans: (readonly [number, number])[] = []
  /** The first lines of the conditions around; 0 for one that is not about tests. */
  const around: number[] = []
  for (const [index, line] of codeLines({ files }, path, 1, Math.min(lines ?? 0, MAX_LINES)).entries()) {
    const [, word, condition = ''] = line.includes('#') ? (IF.exec(line.slice(0, 300)) ?? []) : []
    if (word === undefined) continue
    if (word.startsWith('if')) {
      const isTest = word !== 'ifndef' && !/[!|]/.test(condition) && namesTest(condition)
      around.push(isTest ? index + 1 : 0)
      continue
    }
    const start = around.pop() ?? 0
    if (start > 0) spans.push([start, index + 1])
    if (word !== 'endif') around.push(0)
  }
  return spans
}

function isMarked(files: RepoIndex['files'], { file, startLine }: Component): boolean {
  const above = codeLines({ files }, file, Math.max(1, startLine - MAX_ABOVE), startLine - 1)
  for (const line of above.toReversed()) {
    if (FOR_TESTS.test(line) || TEST.test(line)) return true
    if (!/^\s*(?:#\[|\/\/)/.test(line)) return false
  }
  return false
}
