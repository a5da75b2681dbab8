/** The values of constants and enum members of Python, for defaults, choices and help that name them. */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import type { OptionFact } from './file-options.ts'
import { fillHoles } from './option-texts.ts'

const ASSIGNED = /^\w{1,80}(?:\s?:[^=]{0,80})?\s?=\s?(?:"([^"\\]{1,80})"|'([^'\\]{1,80})'|(-?\d[\d_.]{0,20}))$/
const NAME = /^[A-Za-z_]\w{0,80}(?:\.\w{1,80})?$/
const MAX_MEMBERS = 30

interface Constant {
  readonly file: string
  /** `undefined` for anything but a literal. */
  readonly value: string | undefined
}

export class PythonValues {
  /** Keyed by `NAME` and `Class.NAME`. */
  readonly #constants = new Map<string, Constant[]>()
  /** The members of all enums of a name. */
  readonly #members = new Map<string, { file: string; key: string; startLine: number }[]>()

  constructor(components: readonly Component[]) {
    const enums = new Set(components.filter(({ kind }) => kind === 'enum').map(({ id }) => id))
    for (const { id, file, kind, signature, startLine } of components) {
      if (!file.endsWith('.py') || (kind !== 'constant' && kind !== 'field')) continue
      const key = id.slice(id.indexOf('#') + 1)
      const [, double, single, number] = ASSIGNED.exec(signature ?? '') ?? []
      push(this.#constants, key, { file, value: double ?? single ?? number })
      const owner = id.slice(0, id.lastIndexOf('.'))
      if (enums.has(owner)) push(this.#members, owner.slice(owner.indexOf('#') + 1), { file, key, startLine })
    }
  }

  /** An option with the values in place of the names. A private name without a known value is left out. */
  resolve(file: string, option: OptionFact): Pick<OptionFact, 'value' | 'default' | 'text'> {
    const { choicesOf, text } = option
    const choices = choicesOf === undefined ? [] : this.#choices(choicesOf)
    const name = option.default?.replace(/\.value$/, '') ?? ''
    const fallback = NAME.test(name) ? (this.#valueOf(file, name) ?? option.default) : option.default
    return {
      value: choices.length > 0 ? `{${choices.join(',')}}` : option.value,
      default: fallback !== null && /^_[A-Z]/.test(fallback) ? null : fallback,
      text: fillHoles(text, (one) => this.#valueOf(file, one)),
    }
  }

  /** The values of the only enum of a name, in the order of the source; none if one is not a literal. */
  #choices(name: string): string[] {
    const members = this.#members.get(name) ?? []
    if (members.length > MAX_MEMBERS || members.some(({ file }) => file !== members[0]?.file)) return []
    const values = [...members]
      .sort((a, b) => a.startLine - b.startLine)
      .map(({ file, key }) => this.#valueOf(file, key))
    return values.every((value) => value !== undefined) ? values : []
  }

  /** The literal that a name in a file refers to: the file's own, or the only one in the repository. */
  #valueOf(file: string, name: string): string | undefined {
    const all = this.#constants.get(name) ?? []
    const own = all.filter((one) => one.file === file)
    const meant = own.length > 0 ? own : all
    return meant.length === 1 ? meant[0]?.value : undefined
  }
}
