/** Finds tests in files of code: items that Rust or the C preprocessor compiles only for tests, or whose comment says that they are for tests. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { parentOf } from '#generate/pages/tops.ts'

/** `#ifdef REDIS_TEST`, `#if defined(SDS_TEST_MAIN)`, but not `#ifndef UNIT_TESTS`. */
const FOR_TESTS = /(?:\b|_)TEST(?:S|ING)?(?:\b|_)/
/** Matches `Only used in parser unit tests.` */
const SAID =
  /\bonly (?:be )?(?:intended|meant|(?:for|to be)? ?used?) (?:by|for|in|within) (?:\w{1,20} ){0,2}(?:unit )?tests(?=[.,;)]|\s*$)/i
const OTHERWISE = /[!|]|#ifndef\b/

/** Ids of tests, of components for tests only, and of all components inside them. */
export function testsInCode(files: RepoIndex['files'], components: ReadonlyMap<string, Component>): Set<string> {
  const marked = new Set<string>()
  for (const component of components.values()) if (isForTests(component)) marked.add(component.id)
  const found = new Set<string>()
  for (const component of components.values()) {
    if (files.get(component.file)?.role !== 'code') continue
    let at: Component | undefined = component
    while (at !== undefined && !marked.has(at.id) && !found.has(at.id)) at = parentOf(at, components)
    if (at !== undefined) found.add(component.id)
  }
  return found
}

const isForTests = ({ isTest, doc, condition = '' }: Component): boolean =>
  isTest === true || SAID.test(doc ?? '') || (FOR_TESTS.test(condition) && !OTHERWISE.test(condition))
