/**
 * Recognises calls that change nothing: with the default values of the parameters, or a setter with the field's initial
 * value.
 */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { readParameters } from '#generate/signature-parameters.ts'
import { givenIn } from './shows-nothing.ts'

const MAX_LINE = 200

/** @param text - Code that contains the call. */
export function passesDefault(repo: RepoIndex, component: Component, text: string): boolean {
  const { values } = givenIn(text, component.name)
  if (values.length === 0) return false
  const { language } = repo.files.get(component.file) ?? {}
  const parameters = readParameters(component.signature, component.name, language ?? '') ?? []
  return values.every((value, at) => {
    // `indent=2`, `indent: 2`
    const [, named, given = value] = /^\$?(\w{1,60})\s?[:=]\s?(?=\S)(.*)$/s.exec(value) ?? []
    const parameter = parameters.find(({ name }) => bare(name) === named) ?? parameters[at]
    if (parameter === undefined) return false
    const usual = parameter.default === '' ? initialOf(repo, component, bare(parameter.name)) : parameter.default
    return (
      usual !== undefined && plain(usual) === plain(parameter === parameters[at] && named === undefined ? value : given)
    )
  })
}

/** The initial value of the field that has the name of a setter or of its parameter. */
function initialOf(repo: RepoIndex, { name, kind, parent }: Component, parameter: string): string | undefined {
  const [, set] = kind === 'method' ? (/^set_?(\w{1,60})$/i.exec(name) ?? []) : []
  if (set === undefined) return undefined
  const names = new Set([set, parameter].map((one) => one.replaceAll('_', '').toLowerCase()))
  const field = (repo.members.get(parent ?? '') ?? []).find(
    (one) => one.kind === 'field' && names.has(bare(one.name).replaceAll('_', '').toLowerCase()),
  )
  const line = field === undefined ? '' : (codeLines(repo, field.file, field.startLine, field.startLine)[0] ?? '')
  const assigned = /[^=!<>]=(?![=>])/.exec(line.slice(0, MAX_LINE))
  if (assigned === null) return undefined
  const value = line.slice(assigned.index + 2, MAX_LINE).trim()
  return (/[;,]$/.test(value) ? value.slice(0, -1).trim() : value) || undefined
}

const bare = (name: string): string => name.replace(/^[*&$.@]+|[:?]$/g, '')

/** Treats both kinds of quotes alike. */
const plain = (value: string): string => value.trim().replaceAll("'", '"')
