/** Evaluates the conditions of a function for the literal arguments of a call: `print(nodes, false)` decides `if (indent)`. */

import type { Component } from '#generate/model.ts'
import { codeBetween, offsetOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { parametersOf, readParameters } from '#generate/signature-parameters.ts'
import { bodyOf, isConstructor } from './calls.ts'
import type { Condition } from './conditions.ts'
import type { Call } from './find-steps.ts'

type Literal = 'true' | 'false' | 'null'

/** The parameters that a call sets to a literal, or leaves at a literal default, keyed by name. */
export type Given = ReadonlyMap<string, Literal>

const LITERALS: readonly (readonly [RegExp, Literal])[] = [
  [/^(?:true|1)$/i, 'true'],
  [/^(?:false|0)$/i, 'false'],
  [/^(?:null|nil|none|nullptr|undefined)$/i, 'null'],
]
const COMMENT = /\/\*[^*]*\*\//g
/** Matches an argument for several parameters. */
const SPREAD = /^(?:\*|\.\.\.|&)|\.\.\.$/
const NAMED = /^(\w{1,60}) ?[:=] ?(\w{1,60})$/
/** Limit on the characters of a call. */
const MAX_CODE = 600

/** @param from - The caller; `runs` is the callee. Empty if the caller calls it in several places. */
export function givenTo(repo: RepoIndex, from: Component, { callee, site }: Call, runs: Component): Given {
  const given = new Map<string, Literal>()
  const [place, ...others] = site.places
  const { file } = bodyOf(repo, from)
  const at = place === undefined || others.length > 0 ? undefined : offsetOf(repo, file, place)
  const name = isConstructor(repo, callee) ? (repo.components.get(callee.parent ?? '')?.name ?? '') : callee.name
  const written = at === undefined ? null : parametersOf(codeBetween(repo, file, at, at + MAX_CODE), name)
  const body = bodyOf(repo, runs)
  const parameters = readParameters(body.signature, body.name, repo.files.get(body.file)?.language ?? '')
  const passed = written?.map((one) => one.replace(COMMENT, '').trim())
  if (passed === undefined || parameters === null || passed.some((one) => SPREAD.test(one))) return given
  const named = new Map(
    passed.flatMap((one): [string, string][] => {
      const [, name, value] = NAMED.exec(one) ?? []
      return name === undefined || value === undefined ? [] : [[name, value]]
    }),
  )
  for (const [index, parameter] of parameters.entries()) {
    if (SPREAD.test(parameter.name)) break
    const own = named.get(bare(parameter.name)) ?? passed[index] ?? parameter.default
    const literal = LITERALS.find(([pattern]) => pattern.test(own))?.[1]
    if (literal !== undefined) given.set(bare(parameter.name), literal)
  }
  return given
}

const bare = (name: string): string => name.replace(/^[$&]/, '')

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
