/** Calls of one of several overloads where what they give does not tell which: they are no uses of one in particular. */

import type { Component } from '#generate/model.ts'
import type { Survey } from '#generate/pages/survey.ts'
import { readParameters } from '#generate/signature-parameters.ts'

/** Of one name that are looked at. */
const MAX_OVERLOADS = 200

/** How many of the repository, in code, examples and tests, may mean this one as well as another. */
export function overloadCalls(survey: Survey, component: Component): number {
  if (component.label === undefined) return 0
  let count = 0
  for (const one of groupsOf(survey).get(keyOf(component)) ?? []) {
    const users = survey.doubtful.get(one.id)
    if (users === undefined || !(one === component || takesAsMany(survey, one, component))) continue
    for (const user of users)
      count += Math.max(1, survey.occurrences.usesOf(user, one.id).filter(({ kind }) => kind === 'calls').length)
  }
  return count
}

/** The overloads that may be meant where one of them may, itself among them: those that can take as many arguments. */
export function overloadsOf(survey: Survey, component: Component): Component[] {
  const group = groupsOf(survey).get(keyOf(component)) ?? [component]
  return group.filter((one) => one === component || mayTakeAsMany(survey, one, component))
}

/** Exactly as many: of others some calls can be none. */
function takesAsMany(survey: Survey, one: Component, other: Component): boolean {
  const [a, b] = [rangeOf(survey, one), rangeOf(survey, other)]
  return a.least === b.least && a.most === b.most
}

function mayTakeAsMany(survey: Survey, one: Component, other: Component): boolean {
  const [a, b] = [rangeOf(survey, one), rangeOf(survey, other)]
  return a.least <= b.most && b.least <= a.most
}

function rangeOf(survey: Survey, { signature, name, file }: Component): { least: number; most: number } {
  const parameters = readParameters(signature, name, survey.files.get(file)?.language ?? '')
  if (parameters === null) return { least: 0, most: Number.POSITIVE_INFINITY }
  const isRest = /\.\.\.|\bvararg |\bparams /.test(signature)
  const needed = parameters.filter((parameter) => parameter.default === '').length
  return {
    least: isRest ? Math.max(0, needed - 1) : needed,
    most: isRest ? Number.POSITIVE_INFINITY : parameters.length,
  }
}

const known = new WeakMap<Survey, Map<string, Component[]>>()

const keyOf = ({ parent, file, qualifiedName }: Component): string => `${parent ?? file}\0${qualifiedName}`

function groupsOf(survey: Survey): ReadonlyMap<string, Component[]> {
  const found = known.get(survey)
  if (found !== undefined) return found
  const groups = new Map<string, Component[]>()
  for (const component of survey.components.values()) {
    if (component.label === undefined) continue
    const group = groups.get(keyOf(component))
    if (group === undefined) groups.set(keyOf(component), [component])
    else if (group.length < MAX_OVERLOADS) group.push(component)
  }
  known.set(survey, groups)
  return groups
}
