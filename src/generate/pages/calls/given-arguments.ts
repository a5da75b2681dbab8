/** Evaluates the conditions of a function for the literal arguments of a call: `print(nodes, false)` decides `if (indent)`. */

import { literalOf } from '#generate/call-rows.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bareName, internalParameter, readParameters } from '#generate/signature-parameters.ts'
import { bodyOf } from './calls.ts'
import type { Condition } from './conditions.ts'
import type { Call } from './find-steps.ts'

/** The values of parameters that are `true`, `false` or `null` in a call, explicitly or by default, keyed by name. */
export type Given = ReadonlyMap<string, string>

/** Matches a parameter for several arguments. */
const REST = /^(?:\*|\.\.\.|&)|\.\.\.$/

/** @param from - The caller; `runs` is the callee. Empty if the caller calls it more than once. */
export function givenTo(repo: RepoIndex, from: Component, { site }: Call, runs: Component): Given {
  const given = new Map<string, string>()
  const [place, ...others] = site.places
  const passed =
    place === undefined || others.length > 0 ? undefined : repo.occurrences.argumentsAt(bodyOf(repo, from).file, place)
  const body = bodyOf(repo, runs)
  const parameters = readParameters(body.signature, body.name, repo.files.get(body.file)?.language ?? '')
  if (passed === undefined || parameters === null) return given
  for (const [index, parameter] of parameters.entries()) {
    if (REST.test(parameter.name)) break
    const name = bareName(parameter.name)
    const own = passed.find((one) => one.name === name) ?? (passed[index]?.name === '' ? passed[index] : undefined)
    const literal = own?.literal ?? literalOf(parameter.default)
    if (literal !== '-') given.set(name, literal)
  }
  return given
}

/** Whether a call depends on a check of a parameter, other than an early exit, and thus on the callers of its function. */
export function isDecidedByArguments(repo: RepoIndex, caller: Component, { groups }: Call): boolean {
  const { signature, name, file } = bodyOf(repo, caller)
  const parameters = readParameters(signature, name, repo.files.get(file)?.language ?? '') ?? []
  const names = new Set(parameters.map((one) => bareName(internalParameter(one).name)))
  return groups.every(({ conditions }) =>
    conditions.some(
      ({ kind, code, isExit }) =>
        (kind === 'if' || kind === 'unless' || kind === 'inside') &&
        isExit !== true &&
        code.split(/[^\p{L}\p{N}_]/u).some((word) => names.has(word)),
    ),
  )
}

const PLAIN = /^\(?(!|not )?\$?(\w{1,60})\)?$/
const WITH_NULL = /^\$?(\w{1,60}) (is not|!==?|is|===?) (?:[Nn]ull|NULL|nil|None|nullptr|undefined)$/

/** Whether a condition holds; `undefined` if the given parameters do not decide it. */
export function decidedBy(given: Given, { kind, code }: Condition): boolean | undefined {
  if (kind !== 'if' && kind !== 'unless') return undefined
  const [, isNegated, flag = ''] = PLAIN.exec(code) ?? []
  const [, value = '', comparison = ''] = WITH_NULL.exec(code) ?? []
  const [plain, compared] = [given.get(flag), given.get(value)]
  const holds =
    plain !== undefined
      ? (plain === 'true') === (isNegated === undefined)
      : compared !== undefined
        ? (compared === 'null') === /^(?:is|===?)$/.test(comparison)
        : undefined
  return holds === undefined ? undefined : holds === (kind === 'if')
}
