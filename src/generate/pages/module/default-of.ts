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

const MAX_FILES = 20

const MAX_LINES = 4_000

/** Limit on the lines of an object before the line. */
const MAX_OBJECT = 200
/** Matches the first line of an object literal: `this.options = {`, `return {`, `start({`. */
const OBJECT = /(?:[=(,|?]|\breturn) ?\{$/
const TYPE = /\b(?:interface|type)\b/

/** Languages in which `name: Type` may be a type, not a value. */
const TYPED = /^(?:kotlin|python|rust|scala|svelte|swift|tsx|typescript|vue)$/

/** `the default queueClass`; empty if it is not the default of a documented option. */
export function defaultOf({ repo, texts }: Writing, component: Component): Inline[] {
  const users = [...(repo.users.get(component.id)?.keys() ?? [])]
  const paths = new Set(users.map((user) => repo.components.get(user)?.file ?? user))
  const searched = [...paths].filter((path) => path !== component.file && isMain(path, repo)).slice(0, MAX_FILES)
  for (const path of searched) {
    const isTyped = TYPED.test(repo.files.get(path)?.language ?? '')
    const lines = codeLines(repo, path, 1, MAX_LINES)
    // Searches the whole file, because the graph has no user for some places, such as constructors.
    for (const [index, line] of lines.entries()) {
      const name = line.includes(component.name)
        ? nameBefore(line.slice(0, MAX_CODE), component.name, isTyped && !isInObject(lines, index))
        : undefined
      const option = name === undefined ? undefined : optionCalled(repo, name)
      if (option !== undefined) return texts.module.defaultOf([refLink(refTo.component(option.id), code(option.name))])
    }
  }
  return []
}

/** Whether the line is directly in an object literal, as its indentation tells. */
function isInObject(lines: readonly string[], index: number): boolean {
  const margin = marginOf(lines[index] ?? '')
  const opening = lines
    .slice(Math.max(0, index - MAX_OBJECT), index)
    .findLast((line) => line.trim() !== '' && marginOf(line) < margin)
  return opening !== undefined && OBJECT.test(opening.slice(0, MAX_CODE)) && !TYPE.test(opening.slice(0, MAX_CODE))
}

const marginOf = (line: string): number => line.length - line.trimStart().length

/** `queueClass` for `queueClass: PriorityQueue,`. */
function nameBefore(line: string, value: string, isTypeAfterColon: boolean): string | undefined {
  const [, quote, name, sign, found] = /^\s*(['"]?)(\w+)['"]?\s*(:|=>|=)\s*(?:new )?\\?(?:\w+\\)*(\w+)/.exec(line) ?? []
  const isType = isTypeAfterColon && sign === ':' && quote === ''
  return found === value && !isType ? name : undefined
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
