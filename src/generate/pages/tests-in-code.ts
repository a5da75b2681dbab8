/** Tests that stand in a file of code: modules and functions of Rust that are compiled for tests alone. */

import type { Component } from '#generate/model.ts'
import { codeLines } from './code-lines.ts'
import type { Survey } from './survey.ts'

/** `#[cfg(test)]`, `#[cfg(all(test, feature = "std"))]`; `#[cfg(not(test))]` and `any(…)` are none. */
const FOR_TESTS = /^\s*#\[cfg\((?:all\()?test\b/
/** `#[test]`, `#[tokio::test(flavor = "…")]`, `#[bench]` */
const TEST = /^\s*#\[(?:\w+::)?(?:test|bench)\b/
/** Attributes and comments above a definition that are looked at. */
const MAX_ABOVE = 20

/** Ids of components that are tests or are only there for tests, and of all in their lines. */
export function testsInCode(files: Survey['files'], components: Iterable<Component>): Set<string> {
  const byFile = new Map<string, Component[]>()
  for (const component of components) {
    if (files.get(component.file)?.language !== 'rust') continue
    const known = byFile.get(component.file)
    if (known === undefined) byFile.set(component.file, [component])
    else known.push(component)
  }
  const found = new Set<string>()
  for (const own of byFile.values()) {
    let end = 0
    for (const component of own.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine)) {
      if (component.startLine > end && isMarked(files, component)) end = component.endLine
      if (component.startLine <= end) found.add(component.id)
    }
  }
  return found
}

function isMarked(files: Survey['files'], { file, startLine }: Component): boolean {
  const above = codeLines({ files }, file, Math.max(1, startLine - MAX_ABOVE), startLine - 1)
  for (const line of above.toReversed()) {
    if (FOR_TESTS.test(line) || TEST.test(line)) return true
    if (!/^\s*(?:#\[|\/\/)/.test(line)) return false
  }
  return false
}
