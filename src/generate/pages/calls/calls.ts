/** Who calls whom, by resolved calls alone. */

import type { Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isCode, type Survey } from '#generate/pages/survey.ts'

const CALLED = new Set<Component['kind']>(['function', 'method', 'class', 'struct'])
const SCRIPT = /\.[cm]?[jt]sx?$/
/** What languages call a constructor; that of others has the name of its type, or is none. */
const CONSTRUCTORS: Readonly<Record<string, string>> = {
  ...{ javascript: 'constructor', jsx: 'constructor', typescript: 'constructor', tsx: 'constructor' },
  ...{ vue: 'constructor', svelte: 'constructor', kotlin: 'constructor' },
  ...{ php: '__construct', python: '__init__', ruby: 'initialize', swift: 'init' },
}
const LIKE_TYPE = new Set(['c', 'cpp', 'csharp', 'groovy', 'java'])

/** What the body of a component calls or makes, in no order; for a type whose one constructor it calls, the type. */
export function calleesOf(survey: Survey, caller: Component): Component[] {
  const body = bodyOf(survey, caller)
  const row = new Set(survey.callees.get(body.id)?.keys())
  if (isRust(survey, body))
    for (const use of survey.occurrences.usesIn(body.id)) if (isCallUse(survey, use)) row.add(use.to)
  const all = [...row].flatMap((id) => survey.components.get(id) ?? [])
  const called = all.filter(
    (one) =>
      CALLED.has(one.kind) &&
      isCode(survey.files.get(one.file)) &&
      // To write down the fields of a value runs nothing.
      (one.kind !== 'struct' || bodyOf(survey, one) !== one),
  )
  const made = new Set(called.flatMap((one) => (isConstructor(survey, one) ? [one.parent] : [])))
  return called.filter((one) => {
    // Which of several constructors is known says more than the type.
    if (made.has(one.id)) return bodyOf(survey, one) !== one
    const type = isConstructor(survey, one) ? survey.components.get(one.parent ?? '') : undefined
    return type === undefined || !row.has(type.id) || bodyOf(survey, type) === type
  })
}

/**
 * Whether a use is a call: `run.bind(this)` makes a function to be called later. What macros of Rust are given is no syntax yet: a
 * name with a parenthesis there is only referred to.
 */
export function isCallUse(survey: Survey, { kind, to, file, line, column }: Occurrence): boolean {
  const target = survey.components.get(to)
  if (kind === 'calls' && SCRIPT.test(file) && target?.name !== 'bind')
    return codeLines(survey, file, line, line)[0]?.startsWith('bind(', column - 1) !== true
  if (kind === 'calls' || kind === 'instantiates') return true
  if (kind !== 'references' || target?.kind !== 'function' || survey.files.get(file)?.language !== 'rust') return false
  const [text = ''] = codeLines(survey, file, line, line)
  return text.startsWith(`${target.name}(`, column - 1)
}

function isRust(survey: Survey, { file }: Component): boolean {
  return survey.files.get(file)?.language === 'rust'
}

const known = new WeakMap<Survey, Map<string, Component[]>>()

/** The code that calls or makes a component, in order of ids; no tests. */
export function callersOf(survey: Survey, { id }: Component): readonly Component[] {
  let all = known.get(survey)
  if (all === undefined) {
    all = new Map()
    for (const [from, row] of survey.callees) {
      const caller = survey.components.get(from)
      if (caller === undefined || !isCode(survey.files.get(caller.file)) || survey.inTests.has(caller.id)) continue
      for (const to of row.keys()) {
        if (survey.doubtful.get(to)?.has(caller.id) === true) continue
        const callers = all.get(to)
        if (callers === undefined) all.set(to, [caller])
        else callers.push(caller)
      }
    }
    for (const callers of all.values()) callers.sort((a, b) => (a.id < b.id ? -1 : 1))
    known.set(survey, all)
  }
  return all.get(id) ?? []
}

/** By the name that its language gives to constructors; of a type. */
export function isConstructor(survey: Survey, { name, parent, file }: Component): boolean {
  const owner = parent === null ? undefined : survey.components.get(parent)
  const language = survey.files.get(file)?.language ?? ''
  return owner !== undefined && name === (LIKE_TYPE.has(language) ? owner.name : CONSTRUCTORS[language])
}

/** The component whose body runs when a component is called: of a type its constructor, where it has one and no more. */
export function bodyOf(survey: Survey, component: Component): Component {
  if (component.kind !== 'class' && component.kind !== 'struct') return component
  const [first, ...others] = (survey.members.get(component.id) ?? []).filter((one) => isConstructor(survey, one))
  return first === undefined || others.length > 0 ? component : first
}
