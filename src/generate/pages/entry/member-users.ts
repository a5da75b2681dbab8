/** Names the code that uses a function without an entry, for its line in a list. */

import type { Component } from '#generate/model.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { areUsesKnown } from '#generate/pages/usage/known-uses.ts'
import { usingPlaces } from '#generate/pages/usage/usage-words.ts'
import { few } from '#generate/pages/words.ts'
import { titleOf, toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'

/** Limit on the users that a line names. */
const MAX_USERS = 3

/** `used by open, run and 3 more`, or `some uses: open, run` if there may be others; empty if no code is known to use it. Tests, examples and tools are left out. */
export function memberUsers(writing: Writing, member: Component): Inline[][] {
  const { repo, texts } = writing
  if (repo.inTests.has(member.id)) return []
  const users = new Map<string, Inline[]>()
  const isOfMain = isMain(member.file, repo)
  for (const user of usingPlaces(writing, member)) {
    const component = repo.components.get(user)
    // The line is already in the entry of its owner.
    if (user === member.parent) continue
    if (isOfMain && !isMain(component?.file ?? user, repo)) continue
    const title = component === undefined ? nameOf(user) : titleOf(component)
    if (!users.has(title)) users.set(title, component === undefined ? toFile(user, title) : toEntry(component))
  }
  if (users.size === 0) return []
  const names = few([...users.values()], MAX_USERS, texts)
  // Calls of what it overrides may run it.
  const isOverriding = (repo.overridden.get(member.id) ?? []).length > 0
  const isWhole = !isOverriding && areUsesKnown(writing, member)
  return [isWhole ? texts.links.usedBy.say(names) : [texts.entry.someUses, texts.colon, ...names]]
}
