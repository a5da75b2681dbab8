/** Quickly rules out calls that cannot read a setting, by the text before their bracket. */

import { soundsLikeReading } from './file-reads.ts'
import type { Forms } from './forms.ts'

/** Objects that hold configuration. */
const HOLDERS = /(?:config(?:uration)?|settings|conf|env(?:ironment)?)$/i
const KEY_FIELDS = /^(?:Config|Setting)/
/** Limit on the characters of a name. */
const MAX_NAME = 60
/** Number of characters before a bracket that are searched for `env`. */
const MAX_ENVIRONMENT = 40

/** The ends of the callees that read settings. */
interface Tails {
  /** Names of functions called without a receiver. */
  readonly bare: ReadonlySet<string>
  /** Names of methods. */
  readonly members: ReadonlySet<string>
  /** Receivers of those methods. */
  readonly objects: ReadonlySet<string>
}

const known = new WeakMap<Forms, Tails>()

export class CalleeFilter {
  readonly #tails: Tails
  readonly #aliases: ReadonlyMap<string, string>
  readonly #answers = new Map<string, boolean>()

  constructor(forms: Forms, aliases: ReadonlyMap<string, string>) {
    this.#tails = known.get(forms) ?? tailsOf(forms)
    known.set(forms, this.#tails)
    this.#aliases = aliases
  }

  /** Whether a call may read a setting. @param end - Offset of its bracket. */
  mayRead(text: string, end: number): boolean {
    let stop = end
    while (stop > 0 && text.charCodeAt(stop - 1) <= 0x20) stop--
    const last = text[stop - 1]
    if (last === ')' || last === '>' || last === ']')
      return text.slice(Math.max(0, stop - MAX_ENVIRONMENT), stop).includes('env') || last === '>'
    if (last === '!' || last === '?') stop--
    const start = startOfName(text, stop)
    if (start === stop) return false
    const before = text[start - 1]
    if (before !== '.' && before !== ':' && !(before === '>' && text[start - 2] === '-')) {
      const name = text.slice(start, stop)
      return this.#tails.bare.has(name) || this.#aliases.has(name) || KEY_FIELDS.test(name) || soundsLikeReading(name)
    }
    let objectEnd = start - 1
    while (objectEnd > 0 && /[.:?!>-]/.test(text[objectEnd - 1] ?? '')) objectEnd--
    const objectStart = startOfName(text, objectEnd)
    const path = text.slice(objectStart, stop)
    const answer = this.#answers.get(path)
    if (answer !== undefined && objectStart < objectEnd) return answer
    const name = text.slice(start, stop)
    const object = text.slice(objectStart, objectEnd)
    const mayRead =
      soundsLikeReading(name) ||
      KEY_FIELDS.test(name) ||
      HOLDERS.test(object) ||
      this.#aliases.has(object) ||
      (this.#tails.members.has(name) && (object === '' || this.#tails.objects.has(object)))
    this.#answers.set(path, mayRead)
    return mayRead
  }

  /** Must be called when the aliases change. */
  forget(): void {
    this.#answers.clear()
  }
}

function startOfName(text: string, end: number): number {
  let at = end
  while (at > 0 && end - at < MAX_NAME && isNameUnit(text.charCodeAt(at - 1))) at--
  return at
}

/** Letters, digits, `_`, `$`. */
function isNameUnit(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x30 && unit <= 0x39) ||
    unit === 0x5f ||
    unit === 0x24
  )
}

function tailsOf(forms: Forms): Tails {
  const [bare, members, objects] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const callee of forms.keys()) {
    const words = callee.match(/[\w$]+/g) ?? []
    const last = words.at(-1) ?? ''
    if (words.length === 1) bare.add(last)
    else {
      members.add(last)
      objects.add(words.at(-2) ?? '')
    }
  }
  return { bare, members, objects }
}
