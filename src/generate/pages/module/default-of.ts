/** Finds the option whose default value is a type. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isOptionsType } from '#generate/pages/public-api/traits.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, refLink } from '#markdown/build.ts'

/** Limit on the characters of a line. */
const MAX_CODE = 120

const MAX_PLACES = 20

const MAX_LINES = 4_000

/** `the default queueClass`; empty if it is not the default of a documented option. */
export function defaultOf({ repo, texts }: Writing, component: Component): Inline[] {
  const ends = [...(repo.users.get(component.id)?.keys() ?? [])]
  const paths = new Set(ends.map((end) => repo.components.get(end)?.file ?? end))
  for (const path of [...paths].slice(0, MAX_PLACES)) {
    if (path === component.file || !isMain(path, repo)) continue
    // Searches the whole file, because the graph has no user for some places, such as constructors.
    for (const line of codeLines(repo, path, 1, MAX_LINES)) {
      const name = line.includes(component.name) ? nameBefore(line.slice(0, MAX_CODE), component.name) : undefined
      const option = name === undefined ? undefined : optionCalled(repo, name)
      if (option !== undefined) return texts.module.defaultOf([refLink(refTo.component(option.id), code(option.name))])
    }
  }
  return []
}

/** `queueClass` for `queueClass: PriorityQueue,`. */
function nameBefore(line: string, value: string): string | undefined {
  const [, name, found] = /^\s*['"]?(\w+)['"]?\s*(?::|=>|=)\s*(?:new )?\\?(?:\w+\\)*(\w+)/.exec(line) ?? []
  return found === value ? name : undefined
}

const options = new WeakMap<RepoIndex, Map<string, Component>>()

/** The documented field with this name in a type of options. */
function optionCalled(repo: RepoIndex, name: string): Component | undefined {
  let known = options.get(repo)
  if (known === undefined) {
    known = new Map()
    for (const type of repo.components.values())
      if (isOptionsType(type) || /^(?:config|options|settings)$/i.test(type.name))
        for (const member of repo.members.get(type.id) ?? []) if (member.doc !== null) known.set(member.name, member)
    options.set(repo, known)
  }
  return known.get(name)
}
