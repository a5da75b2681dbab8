/** Names an undescribed definition with its public members, on one line with others. */

import { append } from '#base/long-arrays.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'

const MAX_MEMBERS = 1_000

/**
 * `Plan (start, end)`: a link to the source, without members of the same name.
 *
 * @param same - Definitions of the same name, such as a Scala class and its object; the link points to the first.
 * @param isLinked - If false, only the name, which is a tenth as long as the link.
 */
export function nameWithMembers(writing: Writing, same: readonly Component[], name: string, isLinked = true): Inline[] {
  const [component] = same
  if (component === undefined) return []
  const head = isLinked ? writing.sources.definition(component, code(name)) : [code(name)]
  return [...head, ...membersInBrackets(writing, same)]
}

/** ` (start, end)`: the names of everything public below definitions, except what is listed elsewhere. */
export function membersInBrackets(
  writing: Writing,
  same: readonly Component[],
  except: readonly Component[] = [],
): Inline[] {
  const names = new Set(same.flatMap((one) => publicMembers(writing, one, except)).map(({ name }) => name))
  for (const { name } of [...same, ...except]) names.delete(name)
  const members = [...names].map((one): Inline[] => [quoted(one)])
  return members.length === 0 ? [] : [' (', ...few(members, MAX_MEMBERS, writing.texts), ')']
}

/** Everything public below a component, in order of lines, except some members and what is below these. */
export function publicMembers({ repo }: Writing, component: Component, except: readonly Component[] = []): Component[] {
  const found: Component[] = []
  const stack = [...(repo.members.get(component.id) ?? [])].reverse()
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (except.includes(next)) continue
    if (isPublic(next, repo)) found.push(next)
    append(stack, [...(repo.members.get(next.id) ?? [])].reverse())
  }
  return found
}
