/** Names the code that uses a definition which has no lines of its uses: a function without an entry, or something internal. */

import type { Component } from '#generate/model.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { usingPlaces } from '#generate/pages/usage/usage-words.ts'
import { titleOf, toEntry, type Writing } from '#generate/pages/writing.ts'
import { type Inline, join } from '#markdown/build.ts'

/** Limit on the users that a line names. */
const MAX_USERS = 3

/** `some uses: open, run`; empty if no code is known to use it. */
export function memberUsers(writing: Writing, member: Component): Inline[][] {
  const { entry, colon } = writing.texts
  const callers = callersOf(writing, member)
  return callers.length === 0 ? [] : [[entry.someUses, colon, ...callers]]
}

/** The definitions that use one, up to `MAX_USERS`, in one line of links; without tests, examples and tools. */
export function callersOf(writing: Writing, member: Component): Inline[] {
  const { repo, texts } = writing
  if (repo.inTests.has(member.id)) return []
  const users = new Map<string, Inline[]>()
  const isOfMain = isMain(member.file, repo)
  for (const user of usingPlaces(writing, member)) {
    const component = repo.components.get(user)
    // The line is already in the entry of its owner.
    if (component === undefined || user === member.parent) continue
    if (isOfMain && !isMain(component.file, repo)) continue
    const title = titleOf(component)
    if (!users.has(title)) users.set(title, toEntry(component))
  }
  return join([...users.values()].slice(0, MAX_USERS), texts.comma)
}
