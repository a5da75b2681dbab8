/** The option or parameter that a type is the default of. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isOptionsType } from '#generate/pages/public-api/traits.ts'
import { isMain, type Survey } from '#generate/pages/survey.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, refLink } from '#markdown/build.ts'

/** Of a line. */
const MAX_CODE = 120

const MAX_PLACES = 20

const MAX_LINES = 4_000

/** `the default queueClass`: where an option or a parameter has it as its value. */
export function defaultOf({ survey, texts }: Writing, component: Component): Inline[] {
  const ends = [...(survey.users.get(component.id)?.keys() ?? [])]
  const paths = new Set(ends.map((end) => survey.components.get(end)?.file ?? end))
  for (const path of [...paths].slice(0, MAX_PLACES)) {
    if (path === component.file || !isMain(path, survey)) continue
    // A default may stand in a place that has no user, such as a constructor.
    for (const line of codeLines(survey, path, 1, MAX_LINES)) {
      const name = line.includes(component.name) ? nameBefore(line.slice(0, MAX_CODE), component.name) : undefined
      const option = name === undefined ? undefined : optionCalled(survey, name)
      if (option !== undefined) return texts.module.defaultOf([refLink(refTo.component(option.id), code(option.name))])
    }
  }
  return []
}

/** `queueClass` of `queueClass: PriorityQueue,`. */
function nameBefore(line: string, value: string): string | undefined {
  const [, name, found] = /^\s*['"]?(\w+)['"]?\s*(?::|=>|=)\s*(?:new )?\\?(?:\w+\\)*(\w+)/.exec(line) ?? []
  return found === value ? name : undefined
}

const options = new WeakMap<Survey, Map<string, Component>>()

/** A field with a comment of a type of options. */
function optionCalled(survey: Survey, name: string): Component | undefined {
  let known = options.get(survey)
  if (known === undefined) {
    known = new Map()
    for (const type of survey.components.values())
      if (isOptionsType(type) || /^(?:config|options|settings)$/i.test(type.name))
        for (const member of survey.members.get(type.id) ?? []) if (member.doc !== null) known.set(member.name, member)
    options.set(survey, known)
  }
  return known.get(name)
}
