/** Which component a line of a file belongs to. */

import type { Component } from '#generate/model.ts'
import type { Survey } from './survey.ts'

/** The innermost component around each line; a member may stand beside what it is a member of. */
export function ownersOf(survey: Survey, file: string, lines: readonly number[]): Map<number, Component> {
  const components = bodiesBelow(survey, file).sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine)
  const owners = new Map<number, Component>()
  const open: Component[] = []
  let next = 0
  for (const line of [...lines].sort((a, b) => a - b)) {
    for (let one = components[next]; one !== undefined && one.startLine <= line; one = components[++next])
      open.push(one)
    for (let last = open.at(-1); last !== undefined && last.endLine < line; last = open.at(-1)) open.pop()
    const owner = open.at(-1)
    if (owner !== undefined) owners.set(line, owner)
  }
  return owners
}

/** Every component of a file. */
function bodiesBelow(survey: Survey, file: string): Component[] {
  const found: Component[] = []
  const stack = [...(survey.tops.get(file) ?? [])]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.file === file) found.push(next)
    for (const member of survey.members.get(next.id) ?? []) stack.push(member)
  }
  return found
}
