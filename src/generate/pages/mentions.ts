/** Which component a name in somebody's prose means. Silence is better than a wrong link. */

import { type Analysis, type Component, compareText } from '#generate/model.ts'
import { isCode, isConfident, type Survey } from './survey.ts'

/** A name, perhaps with what it is a member of, perhaps with `()`: `run`, `Router.match()`, `std::vector`, `Map#get`. */
const NAME = /^[@~]?([\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|#)[\p{L}_$][\p{L}\p{N}_$]*)*)(?:\(\))?$/u
const MAX_LENGTH = 120
/** A plain name that nobody writes by chance: with an inner capital letter or an underscore. */
const TELLING = /^(?=.{5,})(?:.*[\p{Ll}\p{N}]\p{Lu}.*|.*[\p{L}\p{N}]_[\p{L}\p{N}].*)$/u

type Names = Map<string, string | null>

export class Mentions {
  readonly #survey: Survey
  /** Targets of a file's edges, by file. */
  readonly #targets = new Map<string, Set<string>>()
  readonly #near = new Map<string, Names>()
  /** Exported names of code that only one component has. */
  readonly #everywhere: Names = new Map()

  constructor(survey: Survey, analysis: Analysis) {
    this.#survey = survey
    for (const edge of analysis.edges) {
      if (!isConfident(edge) || !survey.components.has(edge.to)) continue
      const file = survey.components.get(edge.from)?.file ?? edge.from
      const found = this.#targets.get(file)
      if (found === undefined) this.#targets.set(file, new Set([edge.to]))
      else found.add(edge.to)
    }
    for (const component of analysis.components) {
      if (!isCode(survey.files.get(component.file))) continue
      if (component.qualifiedName.includes('.')) put(this.#everywhere, component.qualifiedName, component.id)
      else if (TELLING.test(component.name)) put(this.#everywhere, component.name, component.id)
    }
  }

  /**
   * The id of what a text names: a member of the component that it is written about, something of the file, something the
   * file uses, something of its module, or a name that is telling and there once in the whole repository.
   *
   * @param self - The component that the text is about, which may be a member.
   */
  resolve(text: string, file: string, self: string | undefined): string | null {
    const match = text.length > MAX_LENGTH ? null : NAME.exec(text)
    if (match?.[1] === undefined) return null
    const parts = match[1].split(/\.|::|#/)
    for (let from = 0; from < parts.length; from++) {
      const name = parts.slice(from).join('.')
      // What is left of a longer name has lost what tells whose it is, unless two parts remain.
      if (from > 0 && parts.length - from < 2) break
      const found = this.#find(name, file, self)
      if (found !== null) return found
    }
    return null
  }

  #find(name: string, file: string, self: string | undefined): string | null {
    for (let owner = this.#component(self); owner !== undefined; owner = this.#component(owner.parent)) {
      const member = (this.#survey.members.get(owner.id) ?? []).filter((next) => next.name === name)
      if (member.length > 0) return member.length === 1 ? (member[0]?.id ?? null) : null
    }
    const near = this.#namesNear(file).get(name)
    if (near !== undefined) return near
    return this.#everywhere.get(name) ?? null
  }

  #component(id: string | null | undefined): Component | undefined {
    return id === null || id === undefined ? undefined : this.#survey.components.get(id)
  }

  /** The names that mean something in a file, the nearest first; `null` where two of the same distance have one name. */
  #namesNear(file: string): Names {
    const known = this.#near.get(file)
    if (known !== undefined) return known
    const { tops, members, components, leaves } = this.#survey
    const own = tops.get(file) ?? []
    const inside = own.flatMap((top) => [...(members.get(top.id) ?? [])])
    const used = [...(this.#targets.get(file) ?? [])].sort(compareText).flatMap((id) => components.get(id) ?? [])
    const beside = (leaves.get(file)?.files ?? [])
      .flatMap((path) => tops.get(path) ?? [])
      .filter((next) => next.exported)
    const names: Names = new Map()
    for (const [level, qualified] of [
      [own, false],
      [inside, true],
      [used, true],
      [used.filter((next) => next.parent === null), false],
      [beside, false],
    ] as const) {
      const here: Names = new Map()
      for (const next of level) put(here, qualified ? next.qualifiedName : next.name, next.id)
      for (const [name, id] of here) if (!names.has(name)) names.set(name, id)
    }
    this.#near.set(file, names)
    return names
  }
}

function put(names: Names, name: string, id: string): void {
  const known = names.get(name)
  names.set(name, known === undefined || known === id ? id : null)
}
