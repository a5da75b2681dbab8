/** Finds tests in files of code: items that Rust or the C preprocessor compiles for tests only. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { parentOf } from '#generate/pages/tops.ts'

/** `#ifdef REDIS_TEST`, `#if defined(SDS_TEST_MAIN)`, but not `#ifndef UNIT_TESTS`. */
const FOR_TESTS = /(?:\b|_)TEST(?:S|ING)?(?:\b|_)/
const OTHERWISE = /[!|]|#ifndef\b/

/** Ids of tests, of components for tests only, and of all components inside them. */
export function testsInCode(files: RepoIndex['files'], components: ReadonlyMap<string, Component>): Set<string> {
  const found = new Set<string>()
  for (const component of components.values()) {
    if (files.get(component.file)?.role !== 'code') continue
    for (let at: Component | undefined = component; at !== undefined; at = parentOf(at, components))
      if (isForTests(at) || found.has(at.id)) found.add(component.id)
  }
  return found
}

const isForTests = ({ isTest, condition = '' }: Component): boolean =>
  isTest === true || (FOR_TESTS.test(condition) && !OTHERWISE.test(condition))
